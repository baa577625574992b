import { Button, Card, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '@/shared/api/queries';
import type { Exemption } from '@/shared/api/exemptions';
import { ExportMenu } from '@/shared/list/ExportMenu';
import { FilterCheckbox, FilterSelect } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';
import { ExemptionActions } from './ExemptionActions';
import { ExemptionDialog } from './ExemptionDialog';

const STATE = { APPLIED: 'blue', APPROVED: 'green', REJECTED: 'red' } as const;

/** Hosts that are not held against their units for a while, the latest first. */
export function ExemptionsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useList<Exemption>('/exemptions');
  const columns = useColumns();
  const [applying, setApplying] = useState(false);
  return (
    <>
      <PageHead title={t('exemption.title')}>
        <ExportMenu
          path="/exemptions/export"
          query={list.asked}
          name="exemptions"
          disabled={list.total === 0}
        />
        {may('EXEMPTION_APPLY') && (
          <Button type="primary" onClick={() => setApplying(true)}>
            {t('exemption.apply')}
          </Button>
        )}
      </PageHead>
      <Card>
        <div className="filters">
          <SearchBox
            hint={t('host.searchHint')}
            value={list.filters['q'] ?? ''}
            onSearch={(q) => list.set({ q })}
          />
          <FilterSelect
            list={list}
            name="state"
            label={t('exemption.stateLabel')}
            options={(['APPLIED', 'APPROVED', 'REJECTED'] as const).map((state) => ({
              value: state,
              label: t(`exemption.state.${state}`),
            }))}
          />
          <FilterCheckbox list={list} name="inForce">
            {t('exemption.inForce')}
          </FilterCheckbox>
        </div>
        <ListTable
          list={list}
          columns={columns}
          rowKey={({ id }) => id}
          name={t('exemption.title')}
        />
      </Card>
      {applying && <ExemptionDialog onClose={() => setApplying(false)} />}
    </>
  );
}

function useColumns(): TableColumnsType<Exemption> {
  const { t } = useTranslation();
  return [
    {
      key: 'host',
      title: t('exemption.host'),
      width: 180,
      sorter: true,
      render: (_, { host }) => <Link to={`/hosts/${host.id}`}>{host.name}</Link>,
    },
    {
      key: 'kind',
      title: t('exemption.kindLabel'),
      width: 110,
      sorter: true,
      render: (_, { kind }) => t(`exemption.kind.${kind}`),
    },
    { key: 'reason', title: t('exemption.reason'), render: (_, { reason }) => reason },
    {
      key: 'until',
      title: t('exemption.time'),
      width: 200,
      sorter: true,
      render: (_, { from, until }) => (
        <span className="nowrap">{t('exemption.fromUntil', { from, until })}</span>
      ),
    },
    {
      key: 'applicant',
      title: t('exemption.applicant'),
      width: 110,
      sorter: true,
      render: (_, { applicant }) => applicant.name,
    },
    {
      key: 'state',
      title: t('exemption.stateLabel'),
      width: 150,
      sorter: true,
      render: (_, { state, inForce, decidedBy, decisionReason, ended }) => (
        <>
          <Tag color={STATE[state]}>{t(`exemption.state.${state}`)}</Tag>
          {inForce && <Tag color="gold">{t('exemption.inForce')}</Tag>}
          {decidedBy && <div className="faint">{decidedBy.name}</div>}
          {decisionReason && <div className="faint">{decisionReason}</div>}
          {ended && (
            <div className="faint">
              {t('exemption.ended', { on: ended.on, name: ended.by.name, reason: ended.reason })}
            </div>
          )}
        </>
      ),
    },
    {
      key: 'decide',
      title: '',
      width: 130,
      render: (_, exemption) => <ExemptionActions exemption={exemption} />,
    },
  ];
}
