import { Form, Input, InputNumber, Modal, Radio, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { Application, ApplicationState, Command, Part } from '@/shared/api/applications';
import { useEnvironment } from '@/shared/api/queries';
import type { Ref } from '@/shared/api/types';
import { CutFields, type Cut } from './CutFields';

/** What is sent with a command. */
export interface Said {
  note?: string;
  reason?: string;
  to?: string;
  experts?: string[];
  quorum?: number;
  opinion?: 'FAVOURABLE' | 'UNFAVOURABLE';
  cuts?: Cut[];
  cluster?: string;
}

type Asked = Exclude<Command, 'SUBMIT'>;

/** Longer than anybody has to say, and less than the server takes. */
const LONGEST = 500;

const NOTED: Asked[] = ['APPROVE', 'REFER', 'TRANSFER', 'CO_SIGN', 'RELEASE', 'SIGN', 'RETRY'];
const REASONED: Asked[] = ['RETURN', 'REJECT', 'OPINE', 'CANCEL', 'WITHDRAW'];

/** Who decides in a state, or leads while experts are heard. */
const PART: Partial<Record<ApplicationState, Part>> = {
  DEPT_REVIEW: 'UNIT_OWNER',
  TECH_REVIEW: 'REVIEWER',
  EXPERT_REVIEW: 'REVIEWER',
  BUREAU_APPROVAL: 'BUREAU',
};

/** Asks before a command is sent, and for what has to be said with it. */
export function CommandDialog({
  command,
  application,
  busy,
  onCancel,
  onConfirm,
}: {
  command: Asked;
  application: Application;
  busy: boolean;
  onCancel: () => void;
  onConfirm: (body: Said) => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Said>();
  const [cuts, setCuts] = useState<Cut[]>([]);
  const { number, state } = application;
  const lowers = (command === 'APPROVE' && state !== 'DEPT_REVIEW') || command === 'REFER';
  const names = command === 'TRANSFER' || command === 'CO_SIGN';
  return (
    <Modal
      open
      title={t(`command.title.${command}`, { number })}
      okText={t(`command.${command}`)}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger: command === 'REJECT' || command === 'CANCEL' }}
      confirmLoading={busy}
      width={lowers ? 640 : 520}
      onCancel={onCancel}
      onOk={() => form.submit()}
    >
      <p>{t(`command.text.${command}`)}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => onConfirm({ ...clean(values), ...(cuts.length > 0 ? { cuts } : {}) })}
      >
        {lowers && (
          <CutFields application={application} label={t('command.lower')} onChange={setCuts} />
        )}
        {lowers && <ClusterField pool={application.pool} />}
        {names && <PersonField part={PART[state] ?? 'REVIEWER'} but={application.submittedBy.id} />}
        {command === 'RELEASE' && <SignerField application={application} />}
        {command === 'REFER' && (
          <ExpertFields asked={state === 'EXPERT_REVIEW' ? application.asked : null} />
        )}
        {command === 'OPINE' && (
          <Form.Item
            name="opinion"
            label={t('command.opinion')}
            rules={[{ required: true, message: t('command.opinion') }]}
          >
            <Radio.Group
              options={(['FAVOURABLE', 'UNFAVOURABLE'] as const).map((value) => ({
                value,
                label: t(`command.${value}`),
              }))}
            />
          </Form.Item>
        )}
        {NOTED.includes(command) && (
          <Form.Item name="note" label={t('command.note')}>
            <Input.TextArea rows={3} maxLength={LONGEST} showCount />
          </Form.Item>
        )}
        {REASONED.includes(command) && (
          <Form.Item
            name="reason"
            label={t('command.reason')}
            rules={[{ required: true, whitespace: true, message: t('command.reasonRequired') }]}
          >
            <Input.TextArea rows={3} maxLength={LONGEST} showCount />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

/** Where it goes, where more than one cluster serves the pool; nobody has to say. */
function ClusterField({ pool }: { pool: string }) {
  const { t } = useTranslation();
  const clusters = (useEnvironment().data?.clusters ?? []).filter(({ pools }) =>
    pools.includes(pool),
  );
  return clusters.length < 2 ? null : (
    <Form.Item name="cluster" label={t('command.cluster')}>
      <Select
        allowClear
        placeholder={t('command.anyCluster')}
        options={clusters.map(({ name, reachable }) => ({
          value: name,
          label: reachable ? name : t('command.unreachable', { name }),
        }))}
      />
    </Form.Item>
  );
}

function useColleagues(part: Part) {
  return useQuery({
    queryKey: ['/colleagues', part],
    queryFn: ({ signal }) => api<{ items: Ref[] }>('/colleagues', { query: { part }, signal }),
  });
}

function PersonField({ part, but }: { part: Part; but: string }) {
  const { t } = useTranslation();
  const people = useColleagues(part);
  return (
    <Form.Item
      name="to"
      label={t('command.to')}
      rules={[{ required: true, message: t('command.toRequired') }]}
    >
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        loading={people.isPending}
        notFoundContent={t('command.noColleague')}
        options={(people.data?.items ?? [])
          .filter(({ id }) => id !== but)
          .map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  );
}

/** Whoever was asked to sign and has not. */
function SignerField({ application }: { application: Application }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="to"
      label={t('detail.signers')}
      rules={[{ required: true, message: t('command.toRequired') }]}
    >
      <Select
        options={(application.asked?.signers ?? [])
          .filter(({ answered }) => !answered)
          .map(({ person }) => ({ value: person.id, label: person.name }))}
      />
    </Form.Item>
  );
}

/** While they are heard already, there need be no other for fewer opinions to be enough. */
function ExpertFields({ asked }: { asked: Application['asked'] }) {
  const { t } = useTranslation();
  const again = asked !== null;
  const people = useColleagues('EXPERT');
  return (
    <>
      <Form.Item
        name="experts"
        label={t(again ? 'command.expertsAgain' : 'command.experts')}
        rules={[{ required: !again, message: t('command.toRequired') }]}
      >
        <Select
          mode="multiple"
          maxCount={15}
          showSearch={{ optionFilterProp: 'label' }}
          loading={people.isPending}
          notFoundContent={t('command.noColleague')}
          options={(people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item
        name="quorum"
        label={t('command.quorum')}
        initialValue={asked?.quorum ?? 1}
        extra={
          asked &&
          t('command.opinionsGiven', {
            given: asked.experts.filter(({ answered }) => answered).length,
            quorum: asked.quorum,
          })
        }
      >
        <InputNumber min={1} max={15} precision={0} />
      </Form.Item>
    </>
  );
}

function clean(values: Said): Said {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string'
        ? value.trim()
          ? [[name, value.trim()]]
          : []
        : value === undefined || value === null
          ? []
          : [[name, value]],
    ),
  );
}
