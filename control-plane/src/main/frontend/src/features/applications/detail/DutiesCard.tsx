import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Application } from '@/shared/api/applications';
import { useMe } from '@/shared/api/queries';

/** Who has which duty in an application: why whoever has one is refused every other. */
export function DutiesCard({ duties }: Pick<Application, 'duties'>) {
  const { t } = useTranslation();
  const me = useMe().data?.id;
  return (
    <Card title={t('detail.duties')}>
      <p className="faint">{t('detail.dutiesText')}</p>
      <ul className="rows" aria-label={t('detail.duties')}>
        {duties.map(({ person, duty }) => (
          <li key={person.id}>
            <div className="grow">
              {person.name} {person.id === me && <Tag color="gold">{t('detail.yourDuty')}</Tag>}
            </div>
            <Tag>{t(`detail.duty.${duty}`)}</Tag>
          </li>
        ))}
      </ul>
    </Card>
  );
}
