import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Item } from '@/shared/api/applications';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';
import { amountsLine } from './amounts';

/** An item of the cart in words. */
export function ItemText({ item }: { item: Item }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { gib, number, exact, pool, zone } = format;
  const known = useKnown();
  const named = 'storageClass' in item ? (item.storageClass ?? '') : '';
  const storageClass = known(`storageClass.${named}`, named);
  switch (item.kind) {
    case 'HOSTS':
      return (
        <span>
          {t('application.item.hosts', {
            number: number(item.count),
            vcpu: exact('cpuMillis', item.vcpu * 1000),
            memory: gib(item.memoryGib),
            disk: gib(item.diskGib),
            storageClass,
          })}
        </span>
      );
    case 'NAMESPACE': {
      const extras = amountsLine(item.extras ?? {}, format);
      return (
        <span>
          {item.cpu + item.memoryGib + item.storageGib > 0
            ? t('application.item.namespace', {
                vcpu: exact('cpuMillis', item.cpu * 1000),
                memory: gib(item.memoryGib),
                disk: gib(item.storageGib),
                storageClass,
              })
            : t('application.itemKind.NAMESPACE')}
          {extras && t('application.item.extras', { extras })}
        </span>
      );
    }
    case 'RESIZE':
      return (
        <span>
          <HostLink item={item} />
          {t('application.item.resize', {
            fromVcpu: exact('cpuMillis', (item.before?.vcpu ?? 0) * 1000),
            fromMemory: gib(item.before?.memoryGib ?? 0),
            vcpu: exact('cpuMillis', item.vcpu * 1000),
            memory: gib(item.memoryGib),
          })}
        </span>
      );
    case 'DISK':
      return (
        <span>
          <HostLink item={item} />
          {t('application.item.disk', { disk: gib(item.diskGib), storageClass })}
        </span>
      );
    case 'RENEWAL':
      return (
        <span>
          <HostLink item={item} />
          {t('application.item.renewal', { months: number(item.months) })}
        </span>
      );
    case 'MOVE':
      return (
        <span>
          <HostLink item={item} />
          {t('application.item.move', {
            from: item.fromPool ? pool(item.fromPool) : '',
            vcpu: exact('cpuMillis', (item.vcpu ?? 0) * 1000),
            memory: gib(item.memoryGib ?? 0),
            disk: gib(item.diskGib ?? 0),
            storageClass,
            disks: number(item.disks?.length ?? 0),
          })}
        </span>
      );
    case 'RETURN':
      return (
        <span>
          <HostLink item={item} />
          {t('application.item.return')}
        </span>
      );
    case 'NAMESPACE_RETURN':
      return (
        <span>
          {item.whole
            ? t('application.item.namespaceReturnWhole', { cluster: item.cluster })
            : t('application.item.namespaceReturn', {
                cluster: item.cluster,
                vcpu: exact('cpuMillis', (item.cpu ?? 0) * 1000),
                memory: gib(item.memoryGib ?? 0),
                disk: gib(item.storageGib ?? 0),
                storageClass,
              })}
        </span>
      );
    case 'ZONE':
      return <span>{t('application.item.zone', { from: zone(item.fromZone) })}</span>;
    case 'QUOTA':
      return (
        <span>
          {t('application.item.quota', {
            vcpu: exact('cpuMillis', item.cpu * 1000),
            memory: gib(item.memoryGib),
            disk: gib(item.storageGib),
            storageClass,
          })}
        </span>
      );
  }
}

function HostLink({ item }: { item: { host: string; hostName?: string } }) {
  return (
    <Link className="code" to={`/hosts/${item.host}`}>
      {item.hostName ?? item.host}
    </Link>
  );
}
