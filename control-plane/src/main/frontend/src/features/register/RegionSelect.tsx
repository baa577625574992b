import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { Page, RegionRef } from '@/shared/api/types';

/** Chooses a region by its name. Used as a filter, and as a form control. */
export function RegionSelect({
  id,
  value = null,
  onChange,
  required = false,
}: {
  id?: string;
  value?: string | null;
  onChange?: (code: string | undefined) => void;
  required?: boolean;
}) {
  const { t } = useTranslation();
  const regions = useQuery({
    queryKey: ['/regions'],
    queryFn: ({ signal }) =>
      api<Pick<Page<RegionRef>, 'items'>>('/regions', { query: { limit: 200 }, signal }),
  });
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear={!required}
      aria-label={t('register.region')}
      placeholder={t('register.region')}
      style={{ width: required ? '100%' : 200 }}
      loading={regions.isPending}
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      onChange={(code: string | null) => onChange?.(code ?? undefined)}
      options={(regions.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))}
    />
  );
}
