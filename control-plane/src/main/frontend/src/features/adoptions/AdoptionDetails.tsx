import { Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { NamespaceText } from '@/features/namespaces/NamespaceText';
import type { AdoptedNamespace, Adoption } from '@/shared/api/adoptions';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';

/** What is charged and owed, namespace by namespace, and what becomes of what governed them. */
export function AdoptionDetails({ adoption }: { adoption: Adoption }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amounts = (all: Record<string, number>) => (
    <>
      {Object.entries(all)
        .toSorted(([a], [b]) => byResource(a, b))
        .map(([resource, amount]) => (
          <div key={resource} className="nowrap">
            {format.resource(resource)} {format.amount(resource, amount)}
          </div>
        ))}
    </>
  );
  return (
    <>
      <Table<AdoptedNamespace>
        aria-label={t('adoption.namespaces')}
        size="small"
        rowKey={({ cluster, namespace }) => `${cluster}/${namespace}`}
        dataSource={adoption.namespaces}
        pagination={false}
        scroll={{ x: 800 }}
        columns={[
          {
            key: 'namespace',
            title: t('namespace.name'),
            render: (_, one) => (
              <>
                <NamespaceText cluster={one.cluster} namespace={one.namespace} />
                <div className="faint">{format.pool(one.pool)}</div>
              </>
            ),
          },
          {
            key: 'system',
            title: t('adoption.system'),
            render: (_, one) => <span className="code">{one.systemCode}</span>,
          },
          {
            key: 'charged',
            title: t('adoption.charged'),
            render: (_, one) => amounts(one.charged),
          },
          {
            key: 'hosts',
            title: t('finding.host'),
            render: (_, one) =>
              one.hosts.length === 0
                ? t('common.none')
                : one.hosts.map((host) => (
                    <div key={host.name} className="nowrap">
                      <span className="code">{host.name}</span>{' '}
                      <span className="faint">
                        {format.amount('cpuMillis', host.vcpu * 1000)} ·{' '}
                        {format.amount('memoryBytes', host.memoryBytes)}
                      </span>
                    </div>
                  )),
          },
          {
            key: 'notes',
            title: t('adoption.notes'),
            render: (_, one) =>
              one.notes.length === 0
                ? t('common.none')
                : one.notes.map((note) => (
                    <div key={`${note.kind}/${note.name}`} className="nowrap" title={note.content}>
                      <Tag color={note.fate === 'REPLACED' ? 'orange' : 'default'}>
                        {t(`adoption.fate.${note.fate}`)}
                      </Tag>
                      {note.kind} {note.name}
                    </div>
                  )),
          },
        ]}
      />
      {adoption.debts.length > 0 && (
        <Table
          aria-label={t('adoption.debts')}
          size="small"
          rowKey={({ node, resource }) => `${node.id}/${resource}`}
          dataSource={adoption.debts}
          pagination={false}
          columns={[
            {
              key: 'node',
              title: t('adoption.level'),
              render: (_, { node }) => (
                <>
                  <Tag>{t(`nodeKind.${node.kind}`)}</Tag>
                  {node.kind === 'POOL' ? format.pool(node.name) : node.name}
                </>
              ),
            },
            {
              key: 'resource',
              title: t('quota.resource'),
              render: (_, { resource }) => format.resource(resource),
            },
            {
              key: 'ceiling',
              title: t('quota.ceiling'),
              align: 'right',
              render: (_, { resource, ceiling }) => format.amount(resource, ceiling),
            },
            {
              key: 'held',
              title: t('adoption.held'),
              align: 'right',
              render: (_, { resource, held }) => format.amount(resource, held),
            },
            {
              key: 'debt',
              title: t('adoption.debt'),
              align: 'right',
              render: (_, { resource, amount }) => (
                <Tag color="error">{format.amount(resource, amount)}</Tag>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
