import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Loaded } from '@/shared/ui/Loaded';
import { AttachmentList } from './AttachmentList';
import { useAttachments } from './attachments';

/** What was handed in with an application, also what a later revision has left out. */
export function AttachmentsCard({ application }: { application: string }) {
  const { t } = useTranslation();
  const files = useAttachments(application);
  return (
    <Card title={t('attachment.title')}>
      <Loaded query={files} rows={2}>
        {({ items }) =>
          items.length > 0 ? (
            <AttachmentList application={application} files={items} />
          ) : (
            <span className="faint">{t('attachment.none')}</span>
          )
        }
      </Loaded>
    </Card>
  );
}
