import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download, type Query } from '@/shared/api/http';
import { useTell } from '@/shared/ui/useTell';

/** Keeps all that a list finds as a file, which the server writes as a workbook or as CSV. */
export function ExportMenu({
  path,
  query,
  name,
  disabled = false,
}: {
  path: string;
  /** What the list is narrowed by, and its order. */
  query: Query;
  /** Of the file, without its ending, where the server gives it none. */
  name: string;
  disabled?: boolean;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  const fetchAs = (format: string) => {
    setBusy(true);
    download(path, { ...query, format }, `${name}.${format}`)
      .catch(tell.failed)
      .finally(() => setBusy(false));
  };
  return (
    <Dropdown
      disabled={disabled}
      trigger={['click']}
      menu={{
        items: [
          { key: 'xlsx', label: t('list.exportXlsx') },
          { key: 'csv', label: t('list.export') },
        ],
        onClick: ({ key }) => fetchAs(key),
      }}
    >
      <Button icon={<DownloadOutlined />} loading={busy}>
        {t('list.exportAs')}
      </Button>
    </Dropdown>
  );
}
