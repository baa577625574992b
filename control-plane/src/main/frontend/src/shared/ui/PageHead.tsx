import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** The title of a page, what belongs to it, and what can be done there. */
export function PageHead({
  title,
  back,
  note,
  children,
}: {
  title: ReactNode;
  back?: string;
  note?: ReactNode;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <div className="page-head">
      {back && (
        <Link to={back} aria-label={t('common.back')}>
          <Button type="text" icon={<ArrowLeftOutlined />} tabIndex={-1} aria-hidden />
        </Link>
      )}
      <h1>{title}</h1>
      {note && <span className="page-note">{note}</span>}
      {children && <div className="page-actions">{children}</div>}
    </div>
  );
}
