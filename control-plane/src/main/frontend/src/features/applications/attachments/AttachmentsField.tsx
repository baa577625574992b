import { UploadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import { useTell } from '@/shared/ui/useTell';
import { AttachmentList } from './AttachmentList';
import {
  attachmentsPath,
  ENDINGS,
  MOST_BYTES,
  MOST_FILES,
  useAttachments,
  type AttachedFile,
} from './attachments';

/** Attaches files to a draft, one after the other; the server judges what each of them is. */
export function AttachmentsField({
  id,
  exists,
  onBefore,
}: {
  id: string;
  /** Whether it was saved before: nothing hangs on one that was not. */
  exists: boolean;
  /** Files hang on a draft: it is saved first. */
  onBefore: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const files = useAttachments(id, exists);
  const items = files.data?.items.filter(({ leftOut }) => !leftOut) ?? [];
  const settle = () => queries.invalidateQueries({ queryKey: ['/attachments', id] });

  const add = useMutation({
    scope: { id: `attachments ${id}` },
    mutationFn: async (file: File) => {
      await onBefore();
      return api<AttachedFile>(`${attachmentsPath(id)}/${uuid()}`, {
        method: 'PUT',
        query: { name: file.name.normalize('NFC') },
        file,
      });
    },
    onError: tell.failed,
    onSettled: settle,
  });
  const remove = useMutation({
    mutationFn: async (file: AttachedFile) => {
      await onBefore();
      return api<null>(`${attachmentsPath(id)}/${file.id}`, { method: 'DELETE' });
    },
    onError: tell.failed,
    onSettled: settle,
  });

  function choose(file: File): boolean {
    if (file.size > MOST_BYTES) {
      tell.warn(t('attachment.tooLarge', { name: file.name }));
    } else {
      add.mutate(file);
    }
    return false;
  }

  return (
    <Card title={t('attachment.title')}>
      {items.length > 0 && (
        <AttachmentList application={id} files={items} onRemove={(file) => remove.mutate(file)} />
      )}
      <Upload
        multiple
        accept={ENDINGS}
        showUploadList={false}
        beforeUpload={choose}
        disabled={items.length >= MOST_FILES}
      >
        <Button
          icon={<UploadOutlined />}
          loading={add.isPending}
          disabled={items.length >= MOST_FILES}
        >
          {t('attachment.add')}
        </Button>
      </Upload>
      <div className="faint" style={{ marginTop: 8 }}>
        {t('attachment.hint')}
      </div>
    </Card>
  );
}
