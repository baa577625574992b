import { useTranslation } from 'react-i18next';
import type { Item } from '@/shared/api/applications';
import { useFormat } from '@/shared/format/useFormat';

/** An item of the cart in words. */
export function ItemText({ item }: { item: Item }) {
  const { t } = useTranslation();
  const { gib, number, exact } = useFormat();
  const storageClass = t(`storageClass.${item.storageClass}`);
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
    case 'NAMESPACE':
      return (
        <span>
          {t('application.item.namespace', {
            vcpu: exact('cpuMillis', item.cpu * 1000),
            memory: gib(item.memoryGib),
            disk: gib(item.storageGib),
            storageClass,
          })}
        </span>
      );
  }
}
