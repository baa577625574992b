import {
  ApartmentOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BellOutlined,
  CalendarOutlined,
  CloudServerOutlined,
  CloudUploadOutlined,
  ClusterOutlined,
  ControlOutlined,
  DashboardOutlined,
  DeploymentUnitOutlined,
  FieldTimeOutlined,
  FileTextOutlined,
  LineChartOutlined,
  PieChartOutlined,
  RollbackOutlined,
  SafetyCertificateOutlined,
  SearchOutlined,
  ThunderboltOutlined,
  ToolOutlined,
  TrophyOutlined,
} from '@ant-design/icons';
import type { ParseKeys } from 'i18next';
import type { ReactNode } from 'react';
import type { Permission } from '@/shared/api/types';

export interface Destination {
  path: string;
  text: ParseKeys;
  icon: ReactNode;
  /** Who may go there; everybody, if none is named. */
  needs?: Permission;
}

export const destinations: Destination[] = [
  { path: '/', text: 'nav.overview', icon: <DashboardOutlined /> },
  {
    path: '/applications',
    text: 'nav.applications',
    icon: <FileTextOutlined />,
    needs: 'APPLICATION_READ',
  },
  {
    path: '/cycles',
    text: 'nav.cycles',
    icon: <FieldTimeOutlined />,
    needs: 'APPLICATION_READ',
  },
  { path: '/hosts', text: 'nav.hosts', icon: <CloudServerOutlined />, needs: 'HOST_READ' },
  { path: '/quota', text: 'nav.quota', icon: <ApartmentOutlined />, needs: 'QUOTA_READ' },
  { path: '/rankings', text: 'nav.rankings', icon: <TrophyOutlined />, needs: 'RANKING_READ' },
  { path: '/policies', text: 'nav.policies', icon: <ControlOutlined />, needs: 'RANKING_READ' },
  {
    path: '/verdicts',
    text: 'nav.verdicts',
    icon: <PieChartOutlined />,
    needs: 'HOST_READ',
  },
  {
    path: '/reclaims',
    text: 'nav.reclaims',
    icon: <RollbackOutlined />,
    needs: 'RECLAIM_READ',
  },
  {
    path: '/exemptions',
    text: 'nav.exemptions',
    icon: <SafetyCertificateOutlined />,
    needs: 'EXEMPTION_READ',
  },
  {
    path: '/usage-imports',
    text: 'nav.usageImports',
    icon: <LineChartOutlined />,
    needs: 'USAGE_IMPORT',
  },
  { path: '/units', text: 'nav.units', icon: <BankOutlined />, needs: 'REGISTER_READ' },
  {
    path: '/systems',
    text: 'nav.systems',
    icon: <DeploymentUnitOutlined />,
    needs: 'REGISTER_READ',
  },
  { path: '/clusters', text: 'nav.clusters', icon: <ClusterOutlined />, needs: 'CLUSTER_READ' },
  { path: '/findings', text: 'nav.findings', icon: <SearchOutlined />, needs: 'CLUSTER_READ' },
  { path: '/drifts', text: 'nav.drifts', icon: <ToolOutlined />, needs: 'NAMESPACE_READ' },
  {
    path: '/catalogue',
    text: 'nav.catalogue',
    icon: <AppstoreOutlined />,
    needs: 'CATALOGUE_EDIT',
  },
  {
    path: '/imports',
    text: 'nav.imports',
    icon: <CloudUploadOutlined />,
    needs: 'REGISTER_IMPORT',
  },
  {
    path: '/instant-approval',
    text: 'nav.instant',
    icon: <ThunderboltOutlined />,
    needs: 'INSTANT_RULE_PROPOSE',
  },
  {
    path: '/calendars',
    text: 'nav.calendars',
    icon: <CalendarOutlined />,
    needs: 'CALENDAR_EDIT',
  },
  { path: '/notices', text: 'nav.notices', icon: <BellOutlined /> },
  { path: '/audit', text: 'nav.audit', icon: <AuditOutlined />, needs: 'AUDIT_READ' },
];

/** The destination a path belongs to. */
export function destinationOf(pathname: string): string {
  return `/${pathname.split('/')[1] ?? ''}`;
}
