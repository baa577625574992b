import { DownloadOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '@/shared/api/http';
import { useTell } from '@/shared/ui/useTell';

/** The signed document, and what it says in the language of the page. */
export function Files({ month, version }: { month: string; version: number }) {
  const { t } = useTranslation();
  const tell = useTell();
  const [busy, setBusy] = useState('');
  const load = (format: string, name: string) => {
    setBusy(format);
    download(`/reports/${month}/versions/${version}/file`, { format }, name)
      .catch(tell.failed)
      .finally(() => setBusy(''));
  };
  return (
    <Space size={0}>
      {(['pdf', 'xlsx'] as const).map((format) => (
        <Button
          key={format}
          type="link"
          icon={<DownloadOutlined />}
          loading={busy === format}
          onClick={() => load(format, t('ranking.report.printName', { month, version, format }))}
        >
          {format.toUpperCase()}
        </Button>
      ))}
      <Button
        type="link"
        loading={busy === 'txt'}
        onClick={() => load('txt', `yuntai-report-${month}-v${version}.txt`)}
      >
        {t('ranking.report.signed')}
      </Button>
    </Space>
  );
}

/** What it says of one's own unit, signed: the whole names the hosts of all. */
export function Excerpt({ month, version }: { month: string; version: number }) {
  const { t } = useTranslation();
  const tell = useTell();
  return (
    <Button
      type="link"
      icon={<DownloadOutlined />}
      onClick={() => {
        download(
          `/reports/${month}/versions/${version}/excerpt`,
          {},
          `yuntai-report-${month}-v${version}-excerpt.txt`,
        ).catch(tell.failed);
      }}
    >
      {t('ranking.report.excerpt')}
    </Button>
  );
}
