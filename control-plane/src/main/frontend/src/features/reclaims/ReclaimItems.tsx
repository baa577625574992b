import { Table, Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DiskText, MeasureText, VerdictTags } from '@/features/verdicts/EvidenceText';
import { SizeText } from '@/features/verdicts/SizeText';
import type { Reclaim, ReclaimItem } from '@/shared/api/reclaims';
import { useKnown } from '@/shared/i18n/useKnown';
import { OutcomeTag } from './ReclaimStateTag';

/** Each host: on what evidence, what was planned, and what came of it. */
export function ReclaimItems({
  reclaim,
  chosen,
  onChoose,
}: {
  reclaim: Reclaim;
  chosen: number[];
  onChoose: (positions: number[]) => void;
}) {
  const { t } = useTranslation();
  const columns = useColumns();
  const { commands, items } = reclaim;
  const answers = reclaim.state === 'NOTICED' && commands.includes('CONSENT');
  const spares = commands.includes('UPHOLD');
  return (
    <Table<ReclaimItem>
      aria-label={t('reclaim.items')}
      size="middle"
      columns={columns}
      dataSource={items}
      rowKey={({ position }) => position}
      pagination={items.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
      scroll={{ x: 920 }}
      {...((answers || spares) && {
        rowSelection: {
          selectedRowKeys: chosen,
          preserveSelectedRowKeys: true,
          onChange: (keys: React.Key[]) => onChoose(keys.map(Number)),
          getCheckboxProps: (row: ReclaimItem) => ({
            disabled: spares && row.answer !== 'APPEALED',
            'aria-label': t('verdict.choose', { host: row.name }),
          }),
        },
      })}
    />
  );
}

function useColumns(): TableColumnsType<ReclaimItem> {
  const { t } = useTranslation();
  const known = useKnown();
  return [
    {
      key: 'name',
      title: t('host.name'),
      width: 150,
      render: (_, { host, name, systemName }) => (
        <>
          <Link className="code" to={`/hosts/${host}`}>
            {name}
          </Link>
          <div className="faint">{systemName}</div>
        </>
      ),
    },
    {
      key: 'verdicts',
      title: t('verdict.kindLabel'),
      width: 150,
      render: (_, { evidence }) => (
        <>
          <VerdictTags verdicts={evidence.verdicts} />
          <div className="faint nowrap">
            {t('verdict.window', { day: evidence.day, days: evidence.days })}
          </div>
          <div className="faint">
            {t('verdict.judgedBy', {
              policy: evidence.policy,
              coverage: evidence.coverage.toFixed(2),
            })}
          </div>
        </>
      ),
    },
    {
      key: 'use',
      title: t('reclaim.evidence'),
      width: 215,
      render: (_, { evidence }) => (
        <>
          <div className="nowrap">
            {t('verdict.cpuShort')} <MeasureText measure={evidence.cpu} />
          </div>
          <div className="nowrap">
            {t('verdict.memoryShort')} <MeasureText measure={evidence.memory} />
          </div>
          <div className="nowrap">
            {t('verdict.diskShort')} <DiskText disk={evidence.disk} />
          </div>
        </>
      ),
    },
    {
      key: 'planned',
      title: t('reclaim.planned'),
      width: 140,
      render: (_, { action, before, planned }) => (
        <>
          <div>{t(`reclaim.action.${action}`)}</div>
          <SizeText size={before} />
          {action === 'SHRINK' && (
            <div className="nowrap">
              → <SizeText size={planned} />
            </div>
          )}
        </>
      ),
    },
    {
      key: 'answer',
      title: t('reclaim.answerLabel'),
      width: 105,
      render: (_, { answer, answerNote }) => (
        <>
          {answer ? (
            <Tag color={answer === 'CONSENTED' ? 'green' : 'orange'}>
              {t(`reclaim.answer.${answer}`)}
            </Tag>
          ) : (
            t('common.none')
          )}
          {answerNote && <div className="faint">{answerNote}</div>}
        </>
      ),
    },
    {
      key: 'actual',
      title: t('reclaim.actual'),
      width: 140,
      render: (_, { outcome, reason, actual }) => (
        <>
          <OutcomeTag outcome={outcome} />
          {reason && <div className="faint">{known(`reclaim.reason.${reason}`, reason)}</div>}
          {actual && (
            <div className="faint nowrap">
              {t('reclaim.charged')} <SizeText size={actual} />
            </div>
          )}
        </>
      ),
    },
  ];
}
