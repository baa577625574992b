import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Drawer, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import type { InstantRule, RuleTrial } from '@/shared/api/instant';
import { useMay } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { useTell } from '@/shared/ui/useTell';
import { Limits, StateTag } from './RulesTab';

/** One version: what it says, what it would have done, and its approval by somebody else. */
export function RuleDrawer({ rule, close }: { rule: InstantRule; close: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const may = useMay();
  const queries = useQueryClient();
  const trial = useQuery({
    queryKey: ['/instant-rules', rule.id, 'trial'],
    queryFn: ({ signal }) => api<RuleTrial>(`/instant-rules/${rule.id}/trial`, { signal }),
  });
  const approve = useMutation({
    mutationFn: () => api(`/instant-rules/${rule.id}/approvals`, { method: 'POST', json: {} }),
    onSuccess: async () => {
      tell.done(t('instant.nowApproved'));
      await queries.invalidateQueries({ queryKey: ['/instant-rules'] });
    },
    onError: tell.failed,
  });
  return (
    <Drawer
      open
      size={980}
      onClose={close}
      title={
        <>
          {t('instant.numbered', { number: rule.number })} <StateTag rule={rule} />
        </>
      }
      extra={
        rule.mayApprove &&
        may('INSTANT_RULE_APPROVE') && (
          <Button
            type="primary"
            disabled={!trial.isSuccess}
            loading={approve.isPending}
            onClick={() => approve.mutate()}
          >
            {t('instant.approve')}
          </Button>
        )
      }
    >
      <div className="stack">
        <Says rule={rule} />
        <Loaded query={trial}>{(data) => <Trial trial={data} />}</Loaded>
      </div>
    </Drawer>
  );
}

function Says({ rule }: { rule: InstantRule }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'basis', label: t('instant.basis'), children: rule.basis },
          { key: 'limits', label: t('instant.limits'), children: <Limits rule={rule} /> },
          {
            key: 'percent',
            label: t('instant.field.auditPercent'),
            children: t('units.percent', { value: rule.auditPercent }),
          },
          { key: 'author', label: t('instant.author'), children: rule.author.name },
          ...(rule.approval
            ? [
                {
                  key: 'approver',
                  label: t('instant.approver'),
                  children: rule.approval.by.name,
                },
                {
                  key: 'from',
                  label: t('instant.inForceFrom'),
                  children: format.time(rule.approval.inForceFrom),
                },
              ]
            : []),
        ]}
      />
      <Table
        aria-label={t('instant.predicates')}
        size="small"
        rowKey="name"
        pagination={false}
        dataSource={[
          ...rule.predicates.map((one) => ({ ...one, guard: false })),
          ...rule.guards.map((one) => ({ ...one, guard: true })),
        ]}
        columns={[
          {
            key: 'name',
            title: t('instant.name'),
            render: (_, { name, guard }) => (
              <>
                <span className="code">{name}</span> {guard && <Tag>{t('instant.guard')}</Tag>}
              </>
            ),
          },
          {
            key: 'expression',
            title: t('instant.expression'),
            render: (_, { expression }) => <span className="code">{expression}</span>,
          },
        ]}
      />
    </>
  );
}

function Trial({ trial }: { trial: RuleTrial }) {
  const { t } = useTranslation();
  const format = useFormat();
  const failing = trial.predicates.filter((one) => one.holdsNot + one.undetermined > 0);
  return (
    <>
      <Alert
        type={trial.againstPeople > 0 ? 'warning' : 'info'}
        showIcon
        title={t('instant.trial', {
          since: format.time(trial.since),
          applications: trial.applications,
          passing: trial.passing,
          against: trial.againstPeople,
        })}
        description={trial.complete ? undefined : t('instant.trialCut')}
      />
      {failing.length > 0 && (
        <p>
          {failing.map(({ name, holdsNot, undetermined }) => (
            <Tag key={name}>{t('instant.keptBack', { name, holdsNot, undetermined })}</Tag>
          ))}
        </p>
      )}
      <Table
        aria-label={t('instant.trialTable')}
        size="small"
        rowKey="application"
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: 860 }}
        dataSource={trial.tried}
        columns={[
          {
            key: 'number',
            title: t('application.number'),
            render: (_, one) => (
              <>
                <Link to={`/applications/${one.application}`}>{one.number}</Link>
                <div className="faint nowrap">{format.time(one.submittedAt)}</div>
              </>
            ),
          },
          {
            key: 'unit',
            title: t('application.unit'),
            render: (_, { unitName, systemName }) => (
              <>
                {unitName}
                <div className="faint">{systemName}</div>
              </>
            ),
          },
          {
            key: 'size',
            title: t('instant.size'),
            render: (_, { size }) => <Limits rule={size} />,
          },
          {
            key: 'passes',
            title: t('instant.wouldPass'),
            filters: [
              { text: t('instant.pass'), value: true },
              { text: t('instant.toHuman'), value: false },
            ],
            onFilter: (value, { passes }) => passes === value,
            render: (_, { passes, failing: names }) =>
              passes ? (
                <Tag color="green">{t('instant.pass')}</Tag>
              ) : (
                <>
                  <Tag>{t('instant.toHuman')}</Tag>
                  <div className="faint code">{names.join(', ')}</div>
                </>
              ),
          },
          {
            key: 'human',
            title: t('instant.people'),
            render: (_, { human, source }) => (
              <>
                {t(`instant.human.${human}`)}
                <div className="faint">{t(`instant.source.${source}`)}</div>
              </>
            ),
          },
        ]}
      />
    </>
  );
}
