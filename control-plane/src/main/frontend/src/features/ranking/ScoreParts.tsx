import { useTranslation } from 'react-i18next';
import type { RankedUnit } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Count } from '@/shared/ui/Count';

const PARTS = ['cpu', 'memory', 'disk', 'idle'] as const;

/** What a unit's score is made of: the points of each part, and the figure that gives them. */
export function ScoreParts({ unit }: { unit: RankedUnit }) {
  const { t } = useTranslation();
  const { decimal, percent, share } = useFormat();
  const figure = {
    cpu: percent(unit.cpu),
    memory: percent(unit.memory),
    disk: percent(unit.disk),
    idle: share(unit.idleShare),
  };
  return (
    <div className="counts">
      <Count
        title={t('ranking.score')}
        value={decimal(unit.score)}
        note={t('ranking.place', { rank: unit.rank })}
      />
      {PARTS.map((part) => (
        <Count
          key={part}
          title={t(`ranking.part.${part}`)}
          value={decimal(unit.parts?.[part] ?? null)}
          note={t('ranking.partOf', { title: t(`ranking.${part}`), value: figure[part] })}
        />
      ))}
      <Count title={t('ranking.coverage')} value={percent(unit.coverage)} />
    </div>
  );
}
