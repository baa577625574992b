import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions, Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { UnitQuota } from '@/features/quota/UnitQuota';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import type { BusinessSystem, Contact, Unit } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { ListTable } from '@/shared/list/ListTable';
import { useList } from '@/shared/list/useList';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { ReorganizeButton } from './reorganize/ReorganizeButton';
import { useSystemColumns } from './systemColumns';

export function UnitPage() {
  const { id = '' } = useParams();
  const unit = useQuery({
    queryKey: ['/units', 'one', id],
    queryFn: ({ signal }) => api<Unit>(`/units/${id}`, { signal }),
  });
  return <Loaded query={unit}>{(data) => <Detail unit={data} />}</Loaded>;
}

function Detail({ unit }: { unit: Unit }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const may = useMay();
  return (
    <>
      <PageHead back="/units" title={unit.name}>
        {may('REORGANIZE') && (
          <>
            <ReorganizeButton kind="unitMove" subject={unit} />
            <ReorganizeButton kind="dissolution" subject={unit} />
          </>
        )}
      </PageHead>
      <div className="stack">
        <Card title={t('register.unitInfo')}>
          <Descriptions
            size="small"
            column={{ xs: 1, md: 3 }}
            items={[
              {
                key: 'uscc',
                label: t('register.uscc'),
                children: <span className="code">{unit.uscc}</span>,
              },
              { key: 'region', label: t('register.region'), children: unit.region.name },
              {
                key: 'systems',
                label: t('register.systemCount'),
                children: number(unit.systems),
              },
            ]}
          />
        </Card>
        {may('QUOTA_READ') && (
          <Card title={t('quota.ofUnit')}>
            <UnitQuota unit={unit.id} />
          </Card>
        )}
        <Card title={t('register.systemsOfUnit')}>
          <Systems unit={unit.id} />
        </Card>
        <Card title={t('register.contacts')}>
          <Contacts contacts={unit.contacts ?? []} />
        </Card>
      </div>
    </>
  );
}

function Systems({ unit }: { unit: string }) {
  const { t } = useTranslation();
  const list = useList<BusinessSystem>('/systems', { sort: 'name', fixed: { unit } });
  const columns = useSystemColumns(false);
  return (
    <ListTable
      list={list}
      columns={columns}
      rowKey={(system) => system.id}
      name={t('register.systemsOfUnit')}
      width={800}
    />
  );
}

function Contacts({ contacts }: { contacts: Contact[] }) {
  const { t } = useTranslation();
  if (contacts.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('register.noContacts')} />;
  }
  return (
    <Table<Contact>
      aria-label={t('register.contacts')}
      size="small"
      rowKey={({ name, phone, email }) => `${name}/${phone ?? ''}/${email ?? ''}`}
      pagination={false}
      dataSource={contacts}
      columns={[
        { key: 'name', title: t('register.contactName'), dataIndex: 'name' },
        {
          key: 'phone',
          title: t('register.phone'),
          render: (_, contact) => contact.phone ?? t('common.none'),
        },
        {
          key: 'email',
          title: t('register.email'),
          render: (_, contact) =>
            contact.email ? (
              <a href={`mailto:${contact.email}`}>{contact.email}</a>
            ) : (
              t('common.none')
            ),
        },
      ]}
    />
  );
}
