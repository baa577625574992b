import { DeleteOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { download } from '@/shared/api/http';
import { useFormat } from '@/shared/format/useFormat';
import { useTell } from '@/shared/ui/useTell';
import { attachmentsPath, type AttachedFile } from './attachments';

/** Files with who attached them; each is handed out to be kept, none is shown in place. */
export function AttachmentList({
  application,
  files,
  onRemove,
}: {
  application: string;
  files: AttachedFile[];
  onRemove?: (file: AttachedFile) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const tell = useTell();
  return (
    <ul className="rows">
      {files.map((file) => (
        <li key={file.id}>
          <PaperClipOutlined className="faint" />
          <div className="grow">
            <Button
              type="link"
              style={{ padding: 0, height: 'auto', whiteSpace: 'normal', textAlign: 'start' }}
              title={`SHA-256 ${file.digest}`}
              onClick={() => {
                download(`${attachmentsPath(application)}/${file.id}`, {}, file.name).catch(
                  tell.failed,
                );
              }}
            >
              {file.name}
            </Button>
            <div className="faint">
              {t('attachment.about', {
                size: format.number(Math.ceil(file.size / 1024)),
                name: file.addedBy.name,
                at: format.time(file.addedAt),
              })}
            </div>
          </div>
          {file.leftOut && <Tag color="red">{t('attachment.leftOut')}</Tag>}
          <Tag>{file.type}</Tag>
          {onRemove && (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('attachment.remove', { name: file.name })}
              onClick={() => onRemove(file)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
