import { Card, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { PageHead } from '@/shared/ui/PageHead';
import { ImagesTab } from './ImagesTab';
import { SizesTab } from './SizesTab';

/** What hosts can be applied for: sizes and images, each edit a new version. */
export function CataloguePage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('catalogue.title')} note={t('catalogue.note')} />
      <Card>
        <Tabs
          items={[
            { key: 'sizes', label: t('catalogue.sizes'), children: <SizesTab /> },
            { key: 'images', label: t('catalogue.images'), children: <ImagesTab /> },
          ]}
        />
      </Card>
    </>
  );
}
