import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { Page, Unit } from '@/shared/api/types';
import { useDebounced } from '@/shared/ui/useDebounced';

/** Finds a unit by name or code. Used as a form control. */
export function UnitSelect({
  id,
  value,
  onChange,
  label,
  without = [],
  allowClear = false,
  width,
}: {
  id?: string;
  value?: string;
  onChange?: (unit: string | undefined) => void;
  label: string;
  /** Units that cannot be chosen. */
  without?: string[];
  allowClear?: boolean;
  width?: number;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed.trim(), 250);
  const found = useQuery({
    queryKey: ['/units', 'choice', q],
    queryFn: ({ signal }) =>
      api<Page<Unit>>('/units', { query: { q, limit: 50, sort: 'name' }, signal }),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({
    queryKey: ['/units', 'one', value],
    queryFn: ({ signal }) => api<Unit>(`/units/${value}`, { signal }),
    enabled: Boolean(value),
  });
  const items = found.data?.items ?? [];
  const shown =
    chosen.data && !items.some((unit) => unit.id === chosen.data.id)
      ? [chosen.data, ...items]
      : items;
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear={allowClear}
      {...(width && { style: { width } })}
      aria-label={label}
      placeholder={t('register.unitSearchHint')}
      value={value ?? null}
      onChange={(unit: string | null) => onChange?.(unit ?? undefined)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent={found.isFetching ? <Spin size="small" /> : t('list.emptyFiltered')}
      options={shown
        .filter((unit) => !without.includes(unit.id))
        .map((unit) => ({ value: unit.id, label: unit.name, about: unit.region.name }))}
      optionRender={(option) => (
        <div>
          <div>{option.label}</div>
          <small className="faint">{option.data.about}</small>
        </div>
      )}
    />
  );
}
