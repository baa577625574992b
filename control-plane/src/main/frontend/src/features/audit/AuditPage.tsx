import { Card, Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditEntry } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';

export function AuditPage() {
  const { t } = useTranslation();
  const list = useList<AuditEntry>('/audit');
  const columns = useColumns();
  return (
    <>
      <PageHead title={t('audit.title')} />
      <Card>
        <div className="filters">
          <SearchBox
            hint={t('audit.searchHint')}
            value={list.filters['q'] ?? ''}
            onSearch={(q) => list.set({ q })}
          />
        </div>
        <ListTable
          list={list}
          columns={columns}
          rowKey={(entry) => `${entry.at}/${entry.action}/${entry.target}`}
          name={t('audit.title')}
        />
      </Card>
    </>
  );
}

function useColumns(): TableColumnsType<AuditEntry> {
  const { t } = useTranslation();
  const { exactTime } = useFormat();
  return [
    {
      key: 'at',
      title: t('audit.at'),
      width: 190,
      render: (_, entry) => <span className="nowrap">{exactTime(entry.at)}</span>,
    },
    {
      key: 'actor',
      title: t('audit.actor'),
      width: 90,
      render: (_, entry) => entry.actor?.name ?? t('common.platform'),
    },
    {
      key: 'action',
      title: t('audit.actionLabel'),
      width: 190,
      render: (_, entry) => <ActionText action={entry.action} />,
    },
    {
      key: 'target',
      title: t('audit.target'),
      width: 190,
      render: (_, entry) => <TargetText target={entry.target} />,
    },
    {
      key: 'outcome',
      title: t('audit.outcomeLabel'),
      width: 80,
      render: (_, entry) => (
        <Tag color={entry.outcome === 'SUCCESS' ? 'green' : 'red'}>
          {t(`audit.outcome.${entry.outcome}`)}
        </Tag>
      ),
    },
    {
      key: 'detail',
      title: t('audit.detail'),
      render: (_, entry) => <span title={entry.detail}>{entry.refusal ?? entry.detail}</span>,
    },
  ];
}

/** The audit's own verb, where it has words for people, in those. */
function ActionText({ action }: { action: string }) {
  const known = useKnown();
  const text = known(`audit.action.${action.replaceAll('.', '_')}`, '');
  return text ? <span title={action}>{text}</span> : <span className="code">{action}</span>;
}

const PAGES: Partial<Record<string, string>> = {
  application: '/applications',
  system: '/systems',
  unit: '/units',
  quotaNode: '/quota',
  host: '/hosts',
  reclaim: '/reclaims',
};

/** `application/0199…` as a kind and a link to it. */
function TargetText({ target }: { target: string }) {
  const known = useKnown();
  const slash = target.indexOf('/');
  const kind = slash < 0 ? target : target.slice(0, slash);
  const id = slash < 0 ? '' : target.slice(slash + 1);
  const page = PAGES[kind];
  return (
    <>
      {known(`audit.targetKind.${kind}`, kind)}{' '}
      {page ? (
        <Link className="code" to={`${page}/${id}`}>
          {id.slice(0, 13)}
        </Link>
      ) : (
        <span className="code">{id.length > 24 ? id.slice(0, 13) : id}</span>
      )}
    </>
  );
}
