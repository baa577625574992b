import { Checkbox, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Filtered } from './useList';

/** Filters a list by one of the values that a field has, or by some of them. */
export function FilterSelect({
  list,
  name,
  label,
  options,
  width = 150,
  multiple = false,
}: {
  list: Filtered;
  /** The parameter of the query; several values stand in it with commas between. */
  name: string;
  label: string;
  options: { value: string; label: ReactNode }[];
  width?: number;
  multiple?: boolean;
}) {
  const values = (list.filters[name] ?? '').split(',').filter(Boolean);
  return (
    <Select<string | string[] | null>
      allowClear
      {...(multiple && { mode: 'multiple', maxTagCount: 'responsive' })}
      aria-label={label}
      placeholder={label}
      style={{ width }}
      value={multiple ? values : (values[0] ?? null)}
      onChange={(chosen) => list.set({ [name]: [chosen ?? []].flat().join(',') || undefined })}
      options={options}
    />
  );
}

/** Filters a list by something that is so, or leaves it out of account. */
export function FilterCheckbox({
  list,
  name,
  children,
}: {
  list: Filtered;
  name: string;
  children: ReactNode;
}) {
  return (
    <Checkbox
      checked={list.filters[name] === 'true'}
      onChange={(event) => list.set({ [name]: event.target.checked ? 'true' : undefined })}
    >
      {children}
    </Checkbox>
  );
}
