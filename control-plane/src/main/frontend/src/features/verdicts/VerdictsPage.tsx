import { Button, Card, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { UnitSelect } from '@/features/register/reorganize/UnitSelect';
import { useMay, useMe } from '@/shared/api/queries';
import { VERDICTS, type HostVerdict } from '@/shared/api/reclaims';
import { useFormat } from '@/shared/format/useFormat';
import { ExportMenu } from '@/shared/list/ExportMenu';
import { FilterSelect } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';
import { DiskText, MeasureText, VerdictTags } from './EvidenceText';
import { ProposeDialog } from './ProposeDialog';
import { SavingsDialog } from './SavingsDialog';
import { SizeText } from './SizeText';

/** What is said of every host by what it used, on the last day that was judged. */
export function VerdictsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const me = useMe();
  const list = useList<HostVerdict>('/verdicts');
  const columns = useColumns();
  const [chosen, setChosen] = useState<HostVerdict[]>([]);
  const [proposing, setProposing] = useState<'CHOSEN' | 'UNIT' | null>(null);
  const [saving, setSaving] = useState(false);
  const first = list.items[0];
  const unit = list.filters['unit'];
  return (
    <>
      <PageHead
        title={t('verdict.title')}
        note={
          first && t('verdict.asOf', { day: first.day, days: first.days, policy: first.policy })
        }
      >
        <ExportMenu
          path="/verdicts/export"
          query={list.asked}
          name="verdicts"
          disabled={list.total === 0}
        />
        <Button onClick={() => setSaving(true)}>{t('verdict.savings')}</Button>
        {may('RECLAIM_PROPOSE') && unit && (
          <Button onClick={() => setProposing('UNIT')}>{t('verdict.proposeUnit')}</Button>
        )}
        {may('RECLAIM_PROPOSE') && (
          <Button
            type="primary"
            disabled={chosen.length === 0}
            onClick={() => setProposing('CHOSEN')}
          >
            {t('verdict.propose', { hosts: chosen.length })}
          </Button>
        )}
      </PageHead>
      <Card>
        <div className="filters">
          <SearchBox
            hint={t('verdict.searchHint')}
            value={list.filters['q'] ?? ''}
            onSearch={(q) => list.set({ q })}
          />
          <FilterSelect
            list={list}
            name="verdict"
            label={t('verdict.kindLabel')}
            width={170}
            options={VERDICTS.map((verdict) => ({
              value: verdict,
              label: t(`verdict.kind.${verdict}`),
            }))}
          />
          {me.data?.unit === null && (
            <UnitSelect
              allowClear
              width={220}
              label={t('application.unit')}
              {...(list.filters['unit'] && { value: list.filters['unit'] })}
              onChange={(unit) => list.set({ unit })}
            />
          )}
        </div>
        <ListTable
          list={list}
          columns={columns}
          rowKey={({ host }) => host}
          name={t('verdict.title')}
          width={940}
          {...(may('RECLAIM_PROPOSE') && {
            rowSelection: {
              selectedRowKeys: chosen.map(({ host }) => host),
              preserveSelectedRowKeys: true,
              onChange: (_: unknown, rows: HostVerdict[]) => setChosen(rows),
              getCheckboxProps: (row: HostVerdict) => ({
                disabled: row.rightSize === null || row.reclaim !== null,
                'aria-label': t('verdict.choose', { host: row.name }),
              }),
            },
          })}
        />
      </Card>
      {saving && <SavingsDialog unit={unit} onClose={() => setSaving(false)} />}
      {proposing && (
        <ProposeDialog
          {...(proposing === 'UNIT' && unit ? { unit } : { hosts: chosen })}
          onClose={() => setProposing(null)}
          onDone={() => {
            setProposing(null);
            setChosen([]);
          }}
        />
      )}
    </>
  );
}

function useColumns(): TableColumnsType<HostVerdict> {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      title: t('host.name'),
      width: 150,
      sorter: true,
      render: (_, { host, name, systemName, unitName }) => (
        <>
          <Link className="code" to={`/hosts/${host}`}>
            {name}
          </Link>
          {systemName && <div>{systemName}</div>}
          {unitName && <div className="faint">{unitName}</div>}
        </>
      ),
    },
    {
      key: 'verdicts',
      title: t('verdict.kindLabel'),
      width: 118,
      render: (_, { verdicts, reclaim }) => (
        <>
          <VerdictTags verdicts={verdicts} />
          {reclaim && (
            <div>
              <Link to={`/reclaims/${reclaim}`}>{t('verdict.inOrder')}</Link>
            </div>
          )}
        </>
      ),
    },
    {
      key: 'cpu',
      title: t('verdict.cpu'),
      width: 132,
      sorter: true,
      render: (_, { cpu }) => <MeasureText measure={cpu} />,
    },
    {
      key: 'memory',
      title: t('verdict.memory'),
      width: 132,
      sorter: true,
      render: (_, { memory }) => <MeasureText measure={memory} />,
    },
    {
      key: 'disk',
      title: t('verdict.disk'),
      width: 98,
      sorter: true,
      align: 'right',
      render: (_, { disk }) => <DiskText disk={disk} />,
    },
    {
      key: 'coverage',
      title: t('verdict.coverage'),
      width: 125,
      sorter: true,
      align: 'right',
      render: (_, { coverage, validHours, hours }) => (
        <>
          {t('units.percent', { value: coverage.toFixed(2) })}
          <div className="faint nowrap">{t('verdict.hours', { validHours, hours })}</div>
        </>
      ),
    },
    {
      // What it has stands first, and is what is sorted by.
      key: 'vcpu',
      title: t('verdict.rightSize'),
      width: 145,
      sorter: true,
      render: (_, row) => <Proposal row={row} />,
    },
  ];
}

/** What it has, what it could be instead, and what that would free. */
function Proposal({ row }: { row: HostVerdict }) {
  const { t } = useTranslation();
  const { exact } = useFormat();
  const { rightSize } = row;
  const freed = rightSize && {
    vcpu: row.vcpu - rightSize.vcpu,
    memoryBytes: row.memoryBytes - rightSize.memoryBytes,
  };
  return (
    <>
      <SizeText size={row} />
      {rightSize && freed && (
        <>
          <div className="nowrap">
            {rightSize.action === 'RECYCLE' ? (
              t('reclaim.action.RECYCLE')
            ) : (
              <>
                → <SizeText size={rightSize} />
              </>
            )}
          </div>
          <div className="faint nowrap">
            {t('verdict.saves')} <SizeText size={freed} />
          </div>
          <div className="faint nowrap">
            {rightSize.savedYuanPerMonth === null
              ? t('verdict.unpriced')
              : t('verdict.savesYuan', { yuan: rightSize.savedYuanPerMonth })}
          </div>
          {rightSize.diskBytes > 0 && (
            <div className="faint">
              {t('verdict.savesDisk', {
                disk: exact('storageBytes', rightSize.diskBytes),
                yuan:
                  rightSize.savedDiskYuanPerMonth === null
                    ? t('verdict.unpriced')
                    : t('verdict.savesYuan', { yuan: rightSize.savedDiskYuanPerMonth }),
              })}
            </div>
          )}
        </>
      )}
    </>
  );
}
