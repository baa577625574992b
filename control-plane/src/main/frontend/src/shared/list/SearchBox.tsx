import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { useDebounced } from '@/shared/ui/useDebounced';

/** Searches as one types, once the typing pauses. */
export function SearchBox({
  hint,
  value,
  onSearch,
}: {
  hint: string;
  value: string;
  onSearch: (text: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  const settled = useDebounced(typed, 350);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== settled.trim()) {
      // The search was changed from elsewhere, such as by clearing all filters.
      setTyped(value);
    }
  }

  useEffect(() => {
    if (settled.trim() !== value) {
      onSearch(settled.trim());
    }
    // Only what was typed starts a search: a cleared filter must not be searched again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);

  return (
    <Input
      allowClear
      aria-label={hint}
      placeholder={hint}
      prefix={<SearchOutlined className="faint" />}
      style={{ width: 260 }}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
