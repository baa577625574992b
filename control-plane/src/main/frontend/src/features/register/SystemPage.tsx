import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { NamespaceUseCard } from '@/features/namespaces/NamespaceUseCard';
import { NamespacesCard } from '@/features/namespaces/NamespacesCard';
import { QuotaCard } from '@/features/quota/QuotaCard';
import { useMay } from '@/shared/api/queries';
import type { BusinessSystem } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { ReorganizeButton } from './reorganize/ReorganizeButton';
import { systemQuery } from './systemQuery';
import { SystemWaits } from './SystemWaits';

export function SystemPage() {
  const { id = '' } = useParams();
  const system = useQuery(systemQuery(id));
  return <Loaded query={system}>{(data) => <Detail system={data} />}</Loaded>;
}

function Detail({ system }: { system: BusinessSystem }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  return (
    <>
      <PageHead back="/systems" title={system.name}>
        {may('REORGANIZE') && <ReorganizeButton kind="systemMove" subject={system} />}
        {may('HOST_READ') && (
          <Link to={`/hosts?system=${system.id}`}>
            <Button tabIndex={-1}>{t('register.openHosts')}</Button>
          </Link>
        )}
        {may('APPLICATION_SUBMIT') && (
          <Link to={`/applications/new?system=${system.id}`}>
            <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
              {t('register.apply')}
            </Button>
          </Link>
        )}
      </PageHead>
      <div className="stack">
        <SystemWaits system={system.id} />
        <Card title={t('register.systemInfo')}>
          <Descriptions
            size="small"
            column={{ xs: 1, md: 2 }}
            items={[
              {
                key: 'code',
                label: t('register.systemCode'),
                children: <span className="code">{system.code}</span>,
              },
              {
                key: 'unit',
                label: t('application.unit'),
                children: <Link to={`/units/${system.unit.id}`}>{system.unit.name}</Link>,
              },
              { key: 'zone', label: t('register.zone'), children: format.zone(system.zone) },
              {
                key: 'xinchuang',
                label: t('register.xinchuang'),
                children: system.xinchuangRequired
                  ? t('register.xinchuangRequired')
                  : t('register.xinchuangNotRequired'),
              },
              {
                key: 'mlps',
                label: t('register.mlps'),
                children:
                  system.mlpsLevel === null
                    ? t('common.none')
                    : t('register.mlpsLevel', { level: system.mlpsLevel }),
              },
              {
                key: 'filing',
                label: t('register.mlpsFiling'),
                children: system.mlpsFiling ?? t('common.none'),
              },
              {
                key: 'builder',
                label: t('register.builder'),
                children: system.builder ?? t('common.none'),
              },
            ]}
          />
        </Card>
        <QuotaCard system={system} />
        {may('NAMESPACE_READ') && (
          <>
            <NamespacesCard system={system} />
            <NamespaceUseCard system={system.id} />
          </>
        )}
      </div>
    </>
  );
}
