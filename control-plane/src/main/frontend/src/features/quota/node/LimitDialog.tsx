import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { ShortfallView } from '@/features/applications/apply/ShortfallView';
import { api } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import type { LimitValue, NodeOnPath } from '@/shared/api/quota';
import { byResource } from '@/shared/format/amounts';
import { useProblemText } from '@/shared/ui/useProblemText';
import { useTell } from '@/shared/ui/useTell';
import { AddResource } from '../AddResource';
import { useNodeName } from '../NodeName';
import { changesOf, formOf, nothingOf, type LimitForm } from './limits';
import { LimitFields } from './LimitFields';
import { PathChange } from './PathChange';

/** New limits of a node: tried first, which shows what would become of each level, then saved. */
export function LimitDialog({ data, onClose }: { data: NodeOnPath; onClose: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const textOf = useProblemText();
  const nameOf = useNodeName();
  const queries = useQueryClient();
  const [form] = Form.useForm<LimitForm>();
  const { node } = data;
  const isPool = node.node.kind === 'POOL';
  const [tried, setTried] = useState('');
  // The same for as long as no answer has come; a refusal is one.
  const [id, setId] = useState(() => uuid());
  const [added, setAdded] = useState<string[]>([]);
  // What is added comes last, so that fields that are filled in stay where they are.
  const rows = [
    ...node.rows.toSorted((a, b) => byResource(a.resource, b.resource)),
    ...added.map(nothingOf),
  ];
  const values = Form.useWatch<LimitForm | undefined>([], form) ?? formOf(rows);
  const changes = changesOf(values, rows, isPool);
  const text = JSON.stringify(changes);
  const nothing = Object.keys(changes).length === 0;

  const send = (limits: Record<string, LimitValue>, validateOnly: boolean) =>
    api<NodeOnPath>(`/quota/nodes/${node.node.id}/limits/${id}`, {
      method: 'PUT',
      query: { validateOnly },
      version: node.version,
      json: { limits },
    });
  const trial = useMutation({
    mutationFn: (limits: Record<string, LimitValue>) => send(limits, true),
    onSettled: (_answer, _error, limits) => setTried(JSON.stringify(limits)),
  });
  const save = useMutation({
    mutationFn: (limits: Record<string, LimitValue>) => send(limits, false),
    onSuccess: async () => {
      tell.done(t('quota.limit.saved', { node: nameOf(node.node) }));
      onClose();
      await queries.invalidateQueries();
    },
    onError: (error) => {
      if (isProblem(error)) {
        setId(uuid());
      }
      if (!isProblem(error, 'QUOTA_SHORT')) {
        tell.failed(error);
      }
      if (isProblem(error, 'STALE_VERSION')) {
        void queries.invalidateQueries();
        onClose();
      }
    },
  });

  const answer = tried === text ? trial : null;
  const refused = isProblem(answer?.error) ? answer.error : null;
  const nearest = refused?.document.wayOut?.limits ?? {};

  const takeNearest = () => {
    for (const [resource, limit] of Object.entries(nearest)) {
      const index = rows.findIndex((row) => row.resource === resource);
      const [field] = formOf([{ resource, ...limit }]).limits;
      if (index >= 0 && field) {
        form.setFieldValue(['limits', index], field);
      }
    }
  };

  return (
    <Modal
      open
      width={820}
      title={t('quota.limit.title', { node: nameOf(node.node) })}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t('common.cancel')}
        </Button>,
        <Button
          key="try"
          disabled={nothing}
          loading={trial.isPending}
          onClick={() => void form.validateFields().then(() => trial.mutate(changes))}
        >
          {t('quota.limit.try')}
        </Button>,
        <Button
          key="save"
          type="primary"
          disabled={nothing || !answer?.isSuccess}
          loading={save.isPending}
          onClick={() => save.mutate(changes)}
        >
          {t('quota.limit.save')}
        </Button>,
      ]}
    >
      <p className="faint">{t(isPool ? 'quota.limit.poolText' : 'quota.limit.text')}</p>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={formOf(rows)}>
        <LimitFields rows={rows} isPool={isPool} />
      </Form>
      <AddResource
        present={rows.map((row) => row.resource)}
        onAdd={(resource) => setAdded((before) => [...before, resource])}
      />
      <div className="stack" aria-live="polite" style={{ gap: 12 }}>
        {nothing && <Alert type="info" showIcon title={t('quota.limit.nothing')} />}
        {answer?.data && (
          <>
            <Alert type="success" showIcon title={t('quota.limit.passes')} />
            <PathChange
              before={data.path}
              after={answer.data.path}
              resources={Object.keys(changes)}
            />
          </>
        )}
        {refused && (
          <>
            <Alert
              type="error"
              showIcon
              title={
                isProblem(refused, 'QUOTA_SHORT')
                  ? t('quota.limit.refusedTitle')
                  : textOf(refused).title
              }
              description={
                isProblem(refused, 'QUOTA_SHORT')
                  ? t('quota.limit.refused')
                  : textOf(refused).detail
              }
              action={
                Object.keys(nearest).length > 0 && (
                  <Button size="small" onClick={takeNearest}>
                    {t('quota.limit.takeNearest')}
                  </Button>
                )
              }
            />
            {refused.document.shortfalls?.map((shortfall) => (
              <ShortfallView
                key={`${shortfall.node.id}/${shortfall.resource}`}
                shortfall={shortfall}
                limit={shortfall.node.id === node.node.id}
              />
            ))}
          </>
        )}
        {answer?.error && !refused && (
          <Alert type="error" showIcon title={t('state.unreachable')} />
        )}
      </div>
    </Modal>
  );
}
