import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import type { HostVerdict, Reclaim } from '@/shared/api/reclaims';
import { useKnown } from '@/shared/i18n/useKnown';
import { useProblemText } from '@/shared/ui/useProblemText';
import { useTell } from '@/shared/ui/useTell';
import { SizeText } from './SizeText';

/** Of one unit: an order each, for every owner answers for his own. */
interface Draft {
  id: string;
  unit: string;
  name: string;
  /** None: all of the unit's that a verdict says something of. */
  hosts: string[];
}

const NONE: HostVerdict[] = [];

/** Shows what would be proposed, and why some would not, before anything is. */
export function ProposeDialog({
  hosts = NONE,
  unit,
  onClose,
  onDone,
}: {
  hosts?: HostVerdict[];
  /** In place of hosts: all of this unit's. */
  unit?: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ basis: string }>();
  const [ids] = useState(() => new Map<string, string>());
  const drafts = useMemo(
    () => (unit ? [ofUnit(unit, ids)] : draftsOf(hosts, ids)),
    [hosts, unit, ids],
  );
  const trials = useQueries({
    queries: drafts.map((draft) => ({
      queryKey: ['/reclaims', 'trial', draft.id, draft.hosts],
      queryFn: () => propose(draft, t('verdict.trial'), true),
      staleTime: Infinity,
      retry: false,
    })),
  });
  const proposal = useMutation({
    // One after the other: what was proposed before one is refused stays, and the same ids
    // propose the rest when it is tried again.
    mutationFn: async ({ basis }: { basis: string }) => {
      const done: Reclaim[] = [];
      for (const [index, draft] of drafts.entries()) {
        if (trials[index]?.data) {
          done.push(await propose(draft, basis, false));
        }
      }
      return done;
    },
    onSuccess: async (done) => {
      tell.done(t('verdict.proposed', { orders: done.length }));
      onDone();
      await queries.invalidateQueries();
      const only = done.length === 1 ? done[0] : undefined;
      void navigate(only ? `/reclaims/${only.id}` : '/reclaims');
    },
    onError: tell.failed,
  });
  return (
    <Modal
      open
      width={640}
      title={t('verdict.proposeTitle')}
      okText={t('verdict.proposeOk')}
      cancelText={t('common.cancel')}
      confirmLoading={proposal.isPending}
      okButtonProps={{ disabled: !trials.some(({ data }) => data) }}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="faint">{t('verdict.proposeText')}</p>
      {drafts.map((draft, index) => (
        <TrialView
          key={draft.id}
          name={trials[index]?.data?.unit.name ?? draft.name}
          trial={trials[index]?.data}
          error={trials[index]?.error ?? null}
        />
      ))}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ basis }) => proposal.mutate({ basis: basis.trim() })}
      >
        <Form.Item
          name="basis"
          label={t('reclaim.basis')}
          rules={[{ required: true, whitespace: true, message: t('reclaim.noteRequired') }]}
        >
          <Input.TextArea rows={2} maxLength={500} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function ofUnit(unit: string, ids: Map<string, string>): Draft {
  const id = ids.get(unit) ?? uuid();
  ids.set(unit, id);
  return { id, unit, name: '', hosts: [] };
}

function draftsOf(hosts: HostVerdict[], ids: Map<string, string>): Draft[] {
  const drafts = new Map<string, Draft>();
  for (const host of hosts) {
    const id = ids.get(host.unit) ?? uuid();
    ids.set(host.unit, id);
    const draft = drafts.get(host.unit) ?? {
      id,
      unit: host.unit,
      name: host.unitName ?? host.unit,
      hosts: [],
    };
    drafts.set(host.unit, { ...draft, hosts: [...draft.hosts, host.host] });
  }
  return [...drafts.values()];
}

function propose(draft: Draft, basis: string, validateOnly: boolean) {
  return api<Reclaim>(`/reclaims/${draft.id}`, {
    method: 'PUT',
    query: { validateOnly },
    json: { unit: draft.unit, hosts: draft.hosts, basis },
  });
}

function TrialView({
  name,
  trial,
  error,
}: {
  name: string;
  trial: Reclaim | undefined;
  error: Error | null;
}) {
  const { t } = useTranslation();
  const known = useKnown();
  const textOf = useProblemText();
  if (error) {
    return (
      <Alert
        type="warning"
        showIcon
        title={name ? `${name}: ${textOf(error).title}` : textOf(error).title}
      />
    );
  }
  return (
    <div className="sum">
      <strong>{name}</strong>
      {trial && (
        <>
          <div>
            {t('verdict.trialSum', { hosts: trial.sums.hosts })}{' '}
            <SizeText size={trial.sums.planned} />
          </div>
          {trial.leftOut.map(({ host, name: left, reason }) => (
            <div key={host} className="faint">
              {left}: {known(`reclaim.reason.${reason}`, reason)}
            </div>
          ))}
        </>
      )}
    </div>
  );
}
