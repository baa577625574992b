import { useTranslation } from 'react-i18next';
import type { Size } from '@/shared/api/reclaims';
import { useFormat } from '@/shared/format/useFormat';

/** Processors and memory; nothing of what is given back. */
export function SizeText({ size }: { size: Size }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className="nowrap">
      {size.vcpu === 0 && size.memoryBytes === 0
        ? t('reclaim.nothing')
        : t('host.specText', {
            vcpu: format.exact('cpuMillis', size.vcpu * 1000),
            memory: format.exact('memoryBytes', size.memoryBytes),
          })}
    </span>
  );
}
