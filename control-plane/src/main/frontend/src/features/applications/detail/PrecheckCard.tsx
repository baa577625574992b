import { useQuery } from '@tanstack/react-query';
import { Card, Collapse, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { Precheck } from '@/shared/api/instant';
import { useFormat } from '@/shared/format/useFormat';

const COLOURS = { HOLDS: 'green', HOLDS_NOT: 'red', UNDETERMINED: 'gold' } as const;

/** Why an application needs people or does not: each predicate, and what was known. */
export function PrecheckCard({ id, version }: { id: string; version: number }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['/applications', id, 'precheck', version],
    queryFn: ({ signal }) => api<{ items: Precheck[] }>(`/applications/${id}/precheck`, { signal }),
  });
  const last = data?.items.at(-1);
  // Where no rules are in force there is nothing to explain.
  if (!last?.rule) {
    return null;
  }
  return (
    <Card
      title={t('instant.precheck')}
      extra={
        <Tag color={last.passed ? 'green' : 'default'}>
          {last.passed ? t('instant.pass') : t('instant.toHuman')}
        </Tag>
      }
    >
      <p className="faint">
        {t('instant.byRule', { number: last.rule.number, basis: last.rule.basis })}
      </p>
      <Table
        aria-label={t('instant.predicates')}
        size="small"
        rowKey="name"
        pagination={false}
        dataSource={last.findings}
        columns={[
          {
            key: 'name',
            title: t('instant.name'),
            render: (_, { name, expression }) => (
              <>
                <span className="code">{name}</span>
                <div className="faint code">{expression}</div>
              </>
            ),
          },
          {
            key: 'value',
            title: t('instant.value'),
            width: 130,
            render: (_, { value, why }) => (
              <>
                <Tag color={COLOURS[value]}>{t(`instant.finding.${value}`)}</Tag>
                <div className="faint code">{why}</div>
              </>
            ),
          },
        ]}
      />
      <Collapse
        ghost
        items={[
          {
            key: 'facts',
            label: t('instant.facts', { count: last.facts.length }),
            children: <Facts facts={last.facts} />,
          },
        ]}
      />
    </Card>
  );
}

function Facts({ facts }: { facts: Precheck['facts'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table
      aria-label={t('instant.facts', { count: facts.length })}
      size="small"
      rowKey="name"
      pagination={false}
      dataSource={facts}
      columns={[
        {
          key: 'name',
          title: t('instant.fact'),
          render: (_, { name }) => <span className="code">{name}</span>,
        },
        {
          key: 'value',
          title: t('instant.value'),
          render: (_, { value }) => <span className="code">{value || '""'}</span>,
        },
        {
          key: 'age',
          title: t('instant.age'),
          render: (_, { age, stale }) => (
            <>
              {t('instant.minutes', { value: format.number(Math.round(age / 60)) })}{' '}
              {stale && <Tag color="gold">{t('instant.stale')}</Tag>}
            </>
          ),
        },
      ]}
    />
  );
}
