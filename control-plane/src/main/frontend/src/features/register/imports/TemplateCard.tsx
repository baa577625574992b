import { FileExcelOutlined, FileZipOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { download } from '@/shared/api/http';
import { useTell } from '@/shared/ui/useTell';
import { TABLES } from './tables';

const ENDING = { xlsx: 'xlsx', csv: 'zip' } as const;

export function TemplateCard() {
  const { t } = useTranslation();
  const tell = useTell();
  const fetchTemplate = (format: keyof typeof ENDING) => {
    const name = `${t('import.templateName')}.${ENDING[format]}`;
    download('/imports/template', { format }, name).catch(tell.failed);
  };
  return (
    <Card title={t('import.template')}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        <Button icon={<FileExcelOutlined />} onClick={() => fetchTemplate('xlsx')}>
          {t('import.templateXlsx')}
        </Button>
        <Button icon={<FileZipOutlined />} onClick={() => fetchTemplate('csv')}>
          {t('import.templateCsv')}
        </Button>
      </div>
      <p className="faint" style={{ marginBottom: 0 }}>
        {TABLES.map((table) => t(`import.tables.${table}`)).join(t('common.list'))}
      </p>
    </Card>
  );
}
