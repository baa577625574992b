import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal, Radio, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import type { Sampled } from '@/shared/api/instant';
import { useMay } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { FilterCheckbox } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { useList } from '@/shared/list/useList';
import { useTell } from '@/shared/ui/useTell';
import { Limits } from './RulesTab';

/** What was drawn for an audit after it had passed. */
export function SampleTab() {
  const { t } = useTranslation();
  const list = useList<Sampled>('/instant-audits', { view: ['tab'] });
  const [asked, setAsked] = useState<Sampled | null>(null);
  return (
    <>
      <div className="filters">
        <FilterCheckbox list={list} name="open">
          {t('instant.onlyOpen')}
        </FilterCheckbox>
      </div>
      <ListTable
        list={list}
        columns={useColumns(setAsked)}
        rowKey={({ application }) => application}
        name={t('instant.sample')}
      />
      {asked && <AuditDialog of={asked} close={() => setAsked(null)} />}
    </>
  );
}

function useColumns(ask: (one: Sampled) => void): TableColumnsType<Sampled> {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  return [
    {
      key: 'application',
      title: t('application.system'),
      render: (_, { application, unitName, systemName }) => (
        <>
          <Link to={`/applications/${application}`}>{systemName}</Link>
          <div className="faint">{unitName}</div>
        </>
      ),
    },
    {
      key: 'passedAt',
      title: t('instant.passedAt'),
      render: (_, { passedAt, rule }) => (
        <>
          <span className="nowrap">{format.time(passedAt)}</span>
          <div className="faint">{t('instant.numbered', { number: rule.number })}</div>
        </>
      ),
    },
    { key: 'size', title: t('instant.size'), render: (_, { size }) => <Limits rule={size} /> },
    {
      key: 'audit',
      title: t('instant.audit'),
      render: (_, { audit }) =>
        audit && (
          <>
            <Tag color={audit.passed ? 'green' : 'red'}>
              {audit.passed ? t('instant.auditPassed') : t('instant.auditFailed')}
            </Tag>
            {audit.by.name}
            <div className="faint">{audit.reason}</div>
            {audit.lift && (
              <div className="faint">
                {t('instant.lifted', { name: audit.lift.by.name, reason: audit.lift.reason })}
              </div>
            )}
          </>
        ),
    },
    {
      key: 'do',
      width: 130,
      render: (_, one) => {
        const lifts = one.audit !== null && !one.audit.passed && one.audit.lift === null;
        return one.audit === null || (lifts && may('INSTANT_RULE_APPROVE')) ? (
          <Button size="small" onClick={() => ask(one)}>
            {lifts ? t('instant.lift') : t('instant.doAudit')}
          </Button>
        ) : null;
      },
    },
  ];
}

function AuditDialog({ of, close }: { of: Sampled; close: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [passed, setPassed] = useState(true);
  const [reason, setReason] = useState('');
  const lifts = of.audit !== null;
  const send = useMutation({
    mutationFn: () =>
      lifts
        ? api(`/instant-audits/${of.application}/lifts`, { method: 'POST', json: { reason } })
        : api(`/instant-audits/${of.application}`, { method: 'PUT', json: { passed, reason } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['/instant-audits'] });
      close();
    },
    onError: tell.failed,
  });
  return (
    <Modal
      open
      title={lifts ? t('instant.lift') : t('instant.doAudit')}
      onCancel={close}
      onOk={() => send.mutate()}
      okButtonProps={{ disabled: reason.trim() === '', loading: send.isPending }}
    >
      {!lifts && (
        <Radio.Group
          value={passed}
          onChange={({ target }) => setPassed(target.value === true)}
          options={[
            { value: true, label: t('instant.auditPassed') },
            { value: false, label: t('instant.auditFailed') },
          ]}
        />
      )}
      <Input.TextArea
        aria-label={t('instant.reason')}
        placeholder={lifts ? t('instant.reason') : t('instant.auditHint')}
        rows={3}
        maxLength={2000}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        style={{ marginTop: 12 }}
      />
    </Modal>
  );
}
