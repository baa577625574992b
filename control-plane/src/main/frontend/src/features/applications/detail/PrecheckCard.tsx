import { useQuery } from '@tanstack/react-query';
import { Card, Collapse, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { Precheck } from '@/shared/api/instant';
import { useFormat } from '@/shared/format/useFormat';

const COLOURS = { HOLDS: 'green', HOLDS_NOT: 'red', UNDETERMINED: 'gold' } as const;

/** Why a revision of an application needs people or does not: each predicate, and what was known. */
export function PrecheckCard({ id, version }: { id: string; version: number }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['/applications', id, 'precheck', version],
    queryFn: ({ signal }) => api<{ items: Precheck[] }>(`/applications/${id}/precheck`, { signal }),
  });
  const [chosen, setChosen] = useState<number | null>(null);
  // Where no rules are in force there is nothing to explain.
  const explained = data?.items.filter(({ rule }) => rule !== null) ?? [];
  const shown = explained.find(({ revision }) => revision === chosen) ?? explained.at(-1);
  if (!shown?.rule) {
    return null;
  }
  return (
    <Card
      title={t('instant.precheck')}
      extra={
        <>
          {explained.length > 1 && (
            <Select
              size="small"
              aria-label={t('instant.ofRevision')}
              value={shown.revision}
              onChange={setChosen}
              options={explained.map(({ revision }) => ({
                value: revision,
                label: t('detail.revision', { revision }),
              }))}
              style={{ marginInlineEnd: 8 }}
            />
          )}
          <Tag color={shown.passed ? 'green' : 'default'}>
            {shown.passed ? t('instant.pass') : t('instant.toHuman')}
          </Tag>
        </>
      }
    >
      <p className="faint">
        {t('instant.byRule', { number: shown.rule.number, basis: shown.rule.basis })}
      </p>
      <Table
        aria-label={t('instant.predicates')}
        size="small"
        rowKey="name"
        pagination={false}
        dataSource={shown.findings}
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
            label: t('instant.facts', { count: shown.facts.length }),
            children: <Facts facts={shown.facts} />,
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
