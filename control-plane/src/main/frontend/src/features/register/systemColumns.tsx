import { Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BusinessSystem } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';

export function useSystemColumns(withUnit: boolean): TableColumnsType<BusinessSystem> {
  const { t } = useTranslation();
  const { zone } = useFormat();
  const columns: TableColumnsType<BusinessSystem> = [
    {
      key: 'name',
      title: t('register.systemName'),
      sorter: true,
      render: (_, system) => <Link to={`/systems/${system.id}`}>{system.name}</Link>,
    },
    {
      key: 'code',
      title: t('register.systemCode'),
      // Beside the units there is no room for a long code on one line.
      width: withUnit ? 170 : 280,
      sorter: true,
      render: (_, system) => <span className="code">{system.code}</span>,
    },
    {
      key: 'unit',
      title: t('application.unit'),
      render: (_, system) => <Link to={`/units/${system.unit.id}`}>{system.unit.name}</Link>,
    },
    {
      key: 'zone',
      title: t('register.zone'),
      width: 146,
      render: (_, system) => zone(system.zone),
    },
    {
      key: 'mlps',
      title: t('register.mlps'),
      width: 92,
      render: (_, system) =>
        system.mlpsLevel === null
          ? t('common.none')
          : t('register.mlpsLevel', { level: system.mlpsLevel }),
    },
    {
      key: 'xinchuang',
      title: t('register.xinchuang'),
      width: 136,
      render: (_, system) =>
        system.xinchuangRequired ? (
          <Tag color="geekblue">{t('register.xinchuangRequired')}</Tag>
        ) : (
          <span className="faint">{t('register.xinchuangNotRequired')}</span>
        ),
    },
  ];
  return withUnit ? columns : columns.filter(({ key }) => key !== 'unit');
}
