import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, save } from '@/shared/api/http';
import type { Page } from '@/shared/api/types';
import { useTell } from '@/shared/ui/useTell';
import { csv, type Rows } from './csv';
import type { List } from './useList';

/** More rows than any office reads; a bound, so that one click cannot fetch without end. */
const MOST_PAGES = 100;

/** Keeps all that a list shows, with its filters and in its order, as a file for a spreadsheet. */
export function ExportButton<T>({
  list,
  path,
  name,
  head,
  row,
}: {
  list: List<T>;
  path: string;
  /** Of the file. */
  name: string;
  head: string[];
  row: (one: T) => Rows[number];
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const [busy, setBusy] = useState(false);

  async function write() {
    const rows: Rows = [head];
    let cursor: string | null = null;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer: Page<T> = await api<Page<T>>(path, {
        query: { ...list.asked, limit: 200, cursor },
      });
      rows.push(...answer.items.map(row));
      cursor = answer.next;
      if (cursor === null) {
        break;
      }
    }
    save(csv(rows), name);
  }

  return (
    <Button
      icon={<DownloadOutlined />}
      loading={busy}
      disabled={list.total === 0}
      onClick={() => {
        setBusy(true);
        write()
          .catch(tell.failed)
          .finally(() => setBusy(false));
      }}
    >
      {busy ? t('list.exporting') : t('list.export')}
    </Button>
  );
}
