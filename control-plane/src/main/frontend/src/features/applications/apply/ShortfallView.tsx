import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNodeName } from '@/features/quota/NodeName';
import type { Shortfall } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';

/**
 * Which level is short of what, by how much, who holds the rest, and who holds more than he uses.
 * Of a limit under what is handed out the same figures say how low it can be.
 */
export function ShortfallView({
  shortfall,
  limit = false,
}: {
  shortfall: Shortfall;
  limit?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useNodeName();
  const { node, resource, asked, free, missing, holders, others = 0, idle } = shortfall;
  const { leases = [], locks = [] } = shortfall;
  const isLeaf = node.kind === 'SYSTEM' || node.kind === 'INFRASTRUCTURE';
  const isHeld = holders.length + leases.length + locks.length > 0 || others > 0;
  const amount = (value: number) => <span className="nowrap">{format.exact(resource, value)}</span>;
  return (
    <div className="shortfall">
      <strong>
        {t(limit ? 'fit.limitLine' : 'fit.shortLine', {
          kind: t(`nodeKind.${node.kind}`),
          node: nameOf(node),
          resource: format.resource(resource),
        })}
      </strong>
      <dl>
        <dt>{t(limit ? 'fit.handedOut' : 'fit.asked')}</dt>
        <dd>{format.exact(resource, asked)}</dd>
        <dt>{t(limit ? 'fit.newCeiling' : 'fit.free')}</dt>
        <dd>{format.exact(resource, free)}</dd>
        <dt>{t(limit ? 'fit.below' : 'fit.missing')}</dt>
        <dd className="missing">{format.exact(resource, missing)}</dd>
      </dl>
      {isHeld ? (
        <ul className="holders">
          <li className="faint">{t('fit.holders')}</li>
          {holders.map((holder) => (
            <li key={holder.node.id}>
              <span className="ellipsis" title={nameOf(holder.node)}>
                <Tag>{t(`nodeKind.${holder.node.kind}`)}</Tag>
                <span>{nameOf(holder.node)}</span>
              </span>
              {amount(holder.amount)}
            </li>
          ))}
          {leases.map((lease) => (
            <li key={`${lease.cluster}/${lease.namespace}`}>
              <span className="ellipsis" title={`${lease.cluster} / ${lease.namespace}`}>
                {t('fit.leaseHolder', { cluster: lease.cluster, namespace: lease.namespace })}
              </span>
              {amount(lease.amount)}
            </li>
          ))}
          {locks.map((lock, key) => (
            <li key={key}>
              <span className="ellipsis">
                {lock.application
                  ? t('fit.lockHolder', { number: lock.application.number })
                  : t('fit.lockOfOther')}
              </span>
              {amount(lock.amount)}
            </li>
          ))}
          {others > 0 && (
            <li>
              <span>{t(isLeaf ? 'fit.othersOfLeaf' : 'fit.others')}</span>
              {amount(others)}
            </li>
          )}
        </ul>
      ) : (
        <div className="faint" style={{ marginTop: 6 }}>
          {t('fit.noHolders')}
        </div>
      )}
      {idle && (idle.leases.length > 0 || idle.others > 0) && (
        <ul className="holders">
          <li className="faint">{t('fit.idle')}</li>
          {idle.leases.map((lease) => (
            <li key={`${lease.cluster}/${lease.namespace}`}>
              <span className="ellipsis" title={`${lease.cluster} / ${lease.namespace}`}>
                {t('fit.idleLease', { system: lease.systemName, namespace: lease.namespace })}
              </span>
              {amount(lease.amount)}
            </li>
          ))}
          {idle.others > 0 && (
            <li>
              <span>{t('fit.idleOthers')}</span>
              {amount(idle.others)}
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
