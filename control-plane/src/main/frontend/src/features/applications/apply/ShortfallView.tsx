import { useTranslation } from 'react-i18next';
import type { Shortfall } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';

/** Which level is short of what, by how much, and who holds the rest. */
export function ShortfallView({ shortfall }: { shortfall: Shortfall }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { node, resource, asked, free, missing, holders } = shortfall;
  const name = node.kind === 'POOL' ? format.pool(node.name) : node.name;
  return (
    <div className="shortfall">
      <strong>
        {t('fit.shortLine', {
          kind: t(`nodeKind.${node.kind}`),
          node: name,
          resource: format.resource(resource),
        })}
      </strong>
      <dl>
        <dt>{t('fit.asked')}</dt>
        <dd>{format.exact(resource, asked)}</dd>
        <dt>{t('fit.free')}</dt>
        <dd>{format.exact(resource, free)}</dd>
        <dt>{t('fit.missing')}</dt>
        <dd className="missing">{format.exact(resource, missing)}</dd>
      </dl>
      {holders.length > 0 ? (
        <ul className="holders">
          <li className="faint">{t('fit.holders')}</li>
          {holders.map((holder) => (
            <li key={holder.node.id}>
              <span>{t('fit.holder', { node: holder.node.name })}</span>
              <span className="nowrap">{format.exact(resource, holder.amount)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <div className="faint" style={{ marginTop: 6 }}>
          {t('fit.noHolders')}
        </div>
      )}
    </div>
  );
}
