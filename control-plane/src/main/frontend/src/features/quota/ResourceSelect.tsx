import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';

export const USUAL_RESOURCE = 'cpuMillis';

/** Which of the resources that there are is looked at. */
export function ResourceSelect({
  codes,
  value,
  onChange,
  allowClear = false,
}: {
  codes: string[];
  value: string | null;
  onChange: (code: string | undefined) => void;
  allowClear?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Select
      allowClear={allowClear}
      aria-label={t('quota.resource')}
      placeholder={t('quota.resource')}
      style={{ width: 150 }}
      value={value}
      onChange={(code: string | null) => onChange(code ?? undefined)}
      options={codes
        .toSorted(byResource)
        .map((code) => ({ value: code, label: format.resource(code) }))}
    />
  );
}
