import { Empty, Input, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Band, Board, RankedUnit, UnitCode } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { GradeTag } from '@/shared/ui/tags';
import { UnitLink } from './UnitLink';
import type { Shown } from './VersionSelect';

/** Everybody with a rank, and the parts that the score is made of. */
export function RankedTable({ ranking }: { ranking: Shown }) {
  const { t } = useTranslation();
  const columns = useColumns(ranking);
  const [text, setText] = useState('');
  // A filter is a view: ranks stay what they are.
  const shown = ranking.ranked.filter(({ unit }) => unit.name.includes(text.trim()));
  return (
    <>
      <div className="filters">
        <Input
          allowClear
          aria-label={t('ranking.searchHint')}
          placeholder={t('ranking.searchHint')}
          style={{ width: 240 }}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <Table<RankedUnit>
        aria-label={t('ranking.title')}
        size="small"
        rowKey={({ unit }) => unit.id}
        dataSource={shown}
        columns={columns}
        scroll={{ x: 960 }}
        pagination={{
          defaultPageSize: 50,
          pageSizeOptions: [20, 50, 100, 200],
          showSizeChanger: true,
          hideOnSinglePage: true,
        }}
        locale={{
          emptyText: (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('ranking.empty')} />
          ),
        }}
      />
    </>
  );
}

const KEY: Record<Board, string> = { SCORE: 'score', CPU: 'cpu', MEMORY: 'memory' };

function useColumns({
  board,
  month,
  pool,
  version,
}: Pick<Shown, 'board' | 'month' | 'pool' | 'version'>): TableColumnsType<RankedUnit> {
  const { t } = useTranslation();
  const { number, percent, share, decimal } = useFormat();
  const figure = (
    key: string,
    title: React.ReactNode,
    render: (unit: RankedUnit) => React.ReactNode,
    width = 68,
  ): TableColumnsType<RankedUnit>[number] => ({
    key,
    title,
    align: 'right',
    width,
    className: key === KEY[board] ? 'nowrap leading' : 'nowrap',
    render: (_, unit) => render(unit),
  });
  const ofHours = (unit: UnitCode, value: string | null) => (
    <UnitLink month={month} unit={unit} pool={pool} version={version} tab="hours">
      {percent(value)}
    </UnitLink>
  );
  return [
    {
      key: 'rank',
      title: t('ranking.rank'),
      width: 92,
      fixed: 'left',
      render: (_, unit) => (
        <span className="nowrap">
          <span className={unit.rank <= 3 ? 'rank-mark first' : 'rank-mark'}>
            {number(unit.rank)}
          </span>
          {unit.tied && (
            <Tag variant="filled" style={{ marginLeft: 6 }}>
              {t('ranking.tied')}
            </Tag>
          )}
        </span>
      ),
    },
    {
      key: 'unit',
      title: t('ranking.unit'),
      fixed: 'left',
      width: 156,
      render: (_, { unit }) => <UnitLink month={month} unit={unit} pool={pool} version={version} />,
    },
    figure(
      'score',
      t('ranking.score'),
      (unit) => (
        <>
          <strong style={{ marginInlineEnd: 8 }}>{decimal(unit.score)}</strong>
          <GradeTag grade={unit.grade} />
        </>
      ),
      92,
    ),
    figure(
      'cpu',
      t('ranking.cpu'),
      (unit) => <Banded value={percent(unit.cpu)} band={unit.cpuBand} />,
      80,
    ),
    figure(
      'memory',
      t('ranking.memory'),
      (unit) => <Banded value={percent(unit.memory)} band={unit.memoryBand} />,
      80,
    ),
    figure('disk', t('ranking.disk'), (unit) => percent(unit.disk)),
    figure('idle', t('ranking.idle'), (unit) => share(unit.idleShare)),
    figure(
      'cpuP95',
      <>
        {t('ranking.cpu')}
        <br />
        {t('ranking.p95AndPeak')}
      </>,
      ({ unit, cpuP95, cpuPeak }) => (
        <>
          {ofHours(unit, cpuP95)}
          <br />
          {ofHours(unit, cpuPeak)}
        </>
      ),
      88,
    ),
    figure('coverage', t('ranking.coverage'), (unit) => percent(unit.coverage), 84),
    figure(
      'hosts',
      t('ranking.measuredHosts'),
      (unit) => `${number(unit.measuredHosts)} / ${number(unit.hosts)}`,
      98,
    ),
    figure('vcpu', t('ranking.vcpu'), (unit) => number(unit.vcpu), 56),
  ];
}

const BAND: Record<Band, string> = { LOW: 'gold', NORMAL: 'green', HIGH: 'red' };

function Banded({ value, band }: { value: string; band: Band }) {
  const { t } = useTranslation();
  return (
    <span>
      {value}
      <br />
      <Tag color={BAND[band]} style={{ marginInlineEnd: 0 }}>
        {t(`ranking.band.${band}`)}
      </Tag>
    </span>
  );
}
