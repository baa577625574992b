import { CheckCircleFilled, CloseCircleFilled, InfoCircleOutlined } from '@ant-design/icons';
import { Card, Spin } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { palette } from '@/app/theme';
import { isProblem } from '@/shared/api/problem';
import type { Item, Order, QuotaItem } from '@/shared/api/applications';
import type { Amounts, Shortfall } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { useProblemText } from '@/shared/ui/useProblemText';
import { amountsOf, entriesOf, roomOf } from '../amounts';
import { FreeLevels } from './FreeLevels';
import { ShortfallView } from './ShortfallView';
import { hasIdle, type Fit } from './useFit';
import { makeId } from './useStart';
import { WayOutView } from './WayOutView';

/** Says, while the form is being filled in, whether the quota suffices and where it does not. */
export function FitPanel({ fit, onUse }: { fit: Fit; onUse: (items: Item[]) => void }) {
  const { t } = useTranslation();
  return (
    <Card title={t('fit.title')} role="region" aria-label={t('fit.title')}>
      <div className="stack" aria-live="polite">
        <Verdict fit={fit} onUse={onUse} />
        {'order' in fit && (
          <>
            <Sum items={fit.order.items} />
            <FreeLevels system={fit.order.system} pool={fit.order.pool} />
          </>
        )}
      </div>
    </Card>
  );
}

function Verdict({ fit, onUse }: { fit: Fit; onUse: (items: Item[]) => void }) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  switch (fit.kind) {
    case 'INCOMPLETE':
      return (
        <Line icon={<InfoCircleOutlined className="faint" />}>
          <span className="faint">{t('fit.incomplete')}</span>
        </Line>
      );
    case 'CHECKING':
      return (
        <Line icon={<Spin size="small" />}>
          <span className="faint">{t('fit.checking')}</span>
        </Line>
      );
    case 'FITS':
      return (
        <Line icon={<CheckCircleFilled style={{ color: palette.good, fontSize: 18 }} />}>
          <strong>{t('fit.fits')}</strong>
          <div className="faint">{t('fit.fitsText')}</div>
        </Line>
      );
    case 'UNKNOWN':
      return (
        <Line icon={<InfoCircleOutlined style={{ color: palette.locked }} />}>
          <strong>{t('fit.failed')}</strong>
          <div className="faint">{t('state.unreachable')}</div>
        </Line>
      );
    case 'REFUSED': {
      const short = isProblem(fit.problem, 'QUOTA_SHORT');
      const { shortfalls = [], wayOut } = fit.problem.document;
      const { title, detail } = textOf(fit.problem);
      const text = fit.problem.document.errors?.length ? t('fit.invalid') : title;
      return (
        <>
          <Line icon={<CloseCircleFilled style={{ color: palette.bad, fontSize: 18 }} />}>
            <strong>{short ? t('fit.short') : text}</strong>
            <div className="faint" style={{ whiteSpace: 'pre-line' }}>
              {short ? t(hasIdle(fit.problem) ? 'fit.askIdle' : 'fit.shortText') : detail}
            </div>
          </Line>
          {wayOut && <WayOutView wayOut={wayOut} onUse={onUse} />}
          {shortfalls.length > 0 && (
            <div>
              {shortfalls.map((shortfall) => (
                <ShortfallView
                  key={`${shortfall.node.id}/${shortfall.resource}`}
                  shortfall={shortfall}
                />
              ))}
            </div>
          )}
          {short && <RaiseLink order={fit.order} shortfalls={shortfalls} />}
        </>
      );
    }
  }
}

/** Where the unit's own quota is in the way: the form again, for more of that. */
function RaiseLink({ order, shortfalls }: { order: Order; shortfalls: Shortfall[] }) {
  const { t } = useTranslation();
  const [id] = useState(makeId);
  const own = shortfalls.filter(({ node }) => node.kind === 'UNIT');
  if (own.length === 0 || order.items.some(({ kind }) => kind === 'QUOTA')) {
    return null;
  }
  const missing: Amounts = {};
  for (const one of own) {
    missing[one.resource] = Math.max(missing[one.resource] ?? 0, one.missing);
  }
  const item: QuotaItem = { kind: 'QUOTA', ...roomOf(missing, Math.ceil) };
  return (
    <Link
      to={`/applications/new?draft=${id}`}
      state={{
        system: order.system,
        pool: order.pool,
        items: [item],
      }}
    >
      {t('fit.applyForQuota')}
    </Link>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div style={{ display: 'flex', gap: 10 }}>
      <span style={{ flex: 'none' }}>{icon}</span>
      <div>{children}</div>
    </div>
  );
}

function Sum({ items }: { items: Item[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="sum">
      <strong>{t('fit.sum')}</strong>
      <dl>
        {entriesOf(amountsOf(items)).flatMap(([resource, amount]) => [
          <dt key={`${resource}-name`}>{format.resource(resource)}</dt>,
          <dd key={resource}>{format.exact(resource, amount)}</dd>,
        ])}
      </dl>
    </div>
  );
}
