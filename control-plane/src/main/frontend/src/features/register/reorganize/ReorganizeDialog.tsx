import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { v7 as uuid } from 'uuid';
import { ShortfallView } from '@/features/applications/apply/ShortfallView';
import { api, versionOf } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import type { BusinessSystem, Unit } from '@/shared/api/types';
import { ProblemAlert } from '@/shared/ui/ProblemAlert';
import { useTell } from '@/shared/ui/useTell';
import { RegionSelect } from '../RegionSelect';
import { UnitSelect } from './UnitSelect';

const LONGEST = 500;

export type Kind = 'systemMove' | 'unitMove' | 'dissolution';

interface Values {
  unit?: string;
  region?: string;
  reason?: string;
}

/** Asks where it is to come and why, tries it without changing anything, then carries it out. */
export function ReorganizeDialog({
  kind,
  subject,
  onClose,
}: {
  kind: Kind;
  subject: BusinessSystem | Unit;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch<Values | undefined>([], form);
  // The same id for the same dialog: a lost answer does not rearrange twice.
  const [id] = useState(() => uuid());
  const [tried, setTried] = useState('');
  const place = kind === 'systemMove' ? 'systems' : 'units';
  const read = useQuery({
    queryKey: ['reorganize', place, subject.id],
    queryFn: ({ signal }) => versionOf(`/${place}/${subject.id}`, signal),
    staleTime: 0,
  });
  const send = (asked: Values, validateOnly: boolean) => {
    const reason = asked.reason?.trim() ?? '';
    const call = {
      systemMove: { path: 'moves', json: { unit: asked.unit, reason } },
      unitMove: { path: 'moves', json: { parent: asked.unit, region: asked.region, reason } },
      dissolution: { path: 'dissolutions', json: { into: asked.unit, reason } },
    }[kind];
    return api(`/${place}/${subject.id}/${call.path}/${id}`, {
      method: 'PUT',
      query: { validateOnly },
      ...(read.data === undefined ? {} : { version: read.data }),
      json: call.json,
    });
  };
  const trial = useMutation({
    mutationFn: (asked: Values) => send(asked, true),
    onSettled: (_answer, _error, asked) => setTried(JSON.stringify(asked)),
  });
  const carryOut = useMutation({
    mutationFn: (asked: Values) => send(asked, false),
    onSuccess: async () => {
      tell.done(t(`reorganize.${kind}.done`, { name: subject.name }));
      onClose();
      await queries.invalidateQueries();
      if (kind === 'dissolution') {
        await navigate('/units');
      }
    },
    onError: tell.failed,
  });
  const answer = tried === JSON.stringify(values) ? trial : null;
  const refused = answer?.error ?? null;
  const submit = (run: (asked: Values) => void) => () =>
    void form.validateFields().then(run, () => undefined);
  const unitLabel = t(`reorganize.${kind}.target`);

  return (
    <Modal
      open
      width={620}
      title={t(`reorganize.${kind}.title`, { name: subject.name })}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t('common.cancel')}
        </Button>,
        <Button
          key="try"
          loading={trial.isPending}
          disabled={!read.isSuccess}
          onClick={submit(trial.mutate)}
        >
          {t('reorganize.try')}
        </Button>,
        <Button
          key="run"
          type="primary"
          danger={kind === 'dissolution'}
          loading={carryOut.isPending}
          disabled={!answer?.isSuccess}
          onClick={submit(carryOut.mutate)}
        >
          {t(`reorganize.${kind}.open`)}
        </Button>,
      ]}
    >
      <p className="faint">{t(`reorganize.${kind}.text`)}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={'region' in subject ? { region: subject.region.code } : {}}
      >
        <Form.Item
          name="unit"
          label={unitLabel}
          rules={
            kind === 'unitMove' ? [] : [{ required: true, message: t('reorganize.targetRequired') }]
          }
        >
          <UnitSelect
            label={unitLabel}
            without={[subject.id, ...('unit' in subject ? [subject.unit.id] : [])]}
            allowClear={kind === 'unitMove'}
          />
        </Form.Item>
        {kind === 'unitMove' && (
          <Form.Item
            name="region"
            label={t('register.region')}
            rules={[{ required: true, message: t('reorganize.targetRequired') }]}
          >
            <RegionSelect required />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={t('reorganize.reason')}
          rules={[{ required: true, whitespace: true, message: t('reorganize.reasonRequired') }]}
        >
          <Input.TextArea rows={2} maxLength={LONGEST} showCount />
        </Form.Item>
      </Form>
      <div className="stack" aria-live="polite" style={{ gap: 12 }}>
        {answer?.isSuccess && <Alert type="success" showIcon title={t('reorganize.passes')} />}
        {refused && (
          <>
            <ProblemAlert error={refused} />
            {isProblem(refused) &&
              refused.document.shortfalls?.map((shortfall) => (
                <ShortfallView
                  key={`${shortfall.node.id}/${shortfall.resource}`}
                  shortfall={shortfall}
                />
              ))}
          </>
        )}
      </div>
    </Modal>
  );
}
