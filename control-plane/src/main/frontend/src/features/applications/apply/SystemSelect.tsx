import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { systemQuery } from '@/features/register/systemQuery';
import { api } from '@/shared/api/http';
import type { BusinessSystem, Page } from '@/shared/api/types';
import { useDebounced } from '@/shared/ui/useDebounced';

/** Finds a business system by name or code. Used as a form control. */
export function SystemSelect({
  id,
  value,
  onChange,
}: {
  id?: string;
  value?: string;
  onChange?: (system: string) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed.trim(), 250);
  const found = useQuery({
    queryKey: ['/systems', 'choice', q],
    queryFn: ({ signal }) =>
      api<Page<BusinessSystem>>('/systems', { query: { q, limit: 50, sort: 'name' }, signal }),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({ ...systemQuery(value ?? ''), enabled: Boolean(value) });
  const items = found.data?.items ?? [];
  const shown =
    chosen.data && !items.some((system) => system.id === chosen.data.id)
      ? [chosen.data, ...items]
      : items;
  return (
    <Select
      {...(id ? { id } : {})}
      aria-label={t('apply.system')}
      placeholder={t('apply.systemHint')}
      value={value ?? null}
      onChange={(system) => system && onChange?.(system)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent={found.isFetching ? <Spin size="small" /> : t('apply.noSystems')}
      options={shown.map((system) => ({
        value: system.id,
        label: system.name,
        about: `${system.code} · ${system.unit.name}`,
      }))}
      optionRender={(option) => (
        <div>
          <div>{option.label}</div>
          <small className="faint">{option.data.about}</small>
        </div>
      )}
    />
  );
}
