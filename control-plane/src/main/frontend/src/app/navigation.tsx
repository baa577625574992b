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
  MoneyCollectOutlined,
  SafetyCertificateOutlined,
  ScheduleOutlined,
  SearchOutlined,
  SwapOutlined,
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
  group: Group;
  /** Who may go there: whoever may one of these; everybody, if none is named. */
  needs?: Permission | Permission[];
}

/** What belongs together in the navigation, in its order. */
export const GROUPS = [
  'resources',
  'evaluation',
  'register',
  'clusters',
  'administration',
] as const;

export type Group = (typeof GROUPS)[number];

export const destinations: Destination[] = [
  { path: '/', group: 'resources', text: 'nav.overview', icon: <DashboardOutlined /> },
  {
    path: '/applications',
    group: 'resources',
    text: 'nav.applications',
    icon: <FileTextOutlined />,
    needs: 'APPLICATION_READ',
  },
  {
    path: '/cycles',
    group: 'resources',
    text: 'nav.cycles',
    icon: <FieldTimeOutlined />,
    needs: 'APPLICATION_READ',
  },
  {
    path: '/hosts',
    group: 'resources',
    text: 'nav.hosts',
    icon: <CloudServerOutlined />,
    needs: 'HOST_READ',
  },
  {
    path: '/quota',
    group: 'resources',
    text: 'nav.quota',
    icon: <ApartmentOutlined />,
    needs: 'QUOTA_READ',
  },
  {
    path: '/rankings',
    group: 'evaluation',
    text: 'nav.rankings',
    icon: <TrophyOutlined />,
    needs: 'RANKING_READ',
  },
  {
    path: '/policies',
    group: 'evaluation',
    text: 'nav.policies',
    icon: <ControlOutlined />,
    needs: 'RANKING_READ',
  },
  {
    path: '/verdicts',
    group: 'evaluation',
    text: 'nav.verdicts',
    icon: <PieChartOutlined />,
    needs: 'HOST_READ',
  },
  {
    path: '/reclaims',
    group: 'evaluation',
    text: 'nav.reclaims',
    icon: <RollbackOutlined />,
    needs: 'RECLAIM_READ',
  },
  {
    path: '/exemptions',
    group: 'evaluation',
    text: 'nav.exemptions',
    icon: <SafetyCertificateOutlined />,
    needs: 'EXEMPTION_READ',
  },
  {
    path: '/price-books',
    group: 'evaluation',
    text: 'nav.priceBooks',
    icon: <MoneyCollectOutlined />,
    needs: 'PRICE_READ',
  },
  {
    path: '/usage-imports',
    group: 'evaluation',
    text: 'nav.usageImports',
    icon: <LineChartOutlined />,
    needs: 'USAGE_IMPORT',
  },
  {
    path: '/units',
    group: 'register',
    text: 'nav.units',
    icon: <BankOutlined />,
    needs: 'REGISTER_READ',
  },
  {
    path: '/systems',
    group: 'register',
    text: 'nav.systems',
    icon: <DeploymentUnitOutlined />,
    needs: 'REGISTER_READ',
  },
  {
    path: '/clusters',
    group: 'clusters',
    text: 'nav.clusters',
    icon: <ClusterOutlined />,
    needs: 'CLUSTER_READ',
  },
  {
    path: '/findings',
    group: 'clusters',
    text: 'nav.findings',
    icon: <SearchOutlined />,
    needs: 'CLUSTER_READ',
  },
  {
    path: '/migrations',
    group: 'clusters',
    text: 'nav.migrations',
    icon: <SwapOutlined />,
    needs: 'HOST_MIGRATE',
  },
  {
    path: '/drifts',
    group: 'clusters',
    text: 'nav.drifts',
    icon: <ToolOutlined />,
    needs: 'NAMESPACE_READ',
  },
  {
    path: '/catalogue',
    group: 'clusters',
    text: 'nav.catalogue',
    icon: <AppstoreOutlined />,
    needs: 'CATALOGUE_EDIT',
  },
  {
    path: '/imports',
    group: 'register',
    text: 'nav.imports',
    icon: <CloudUploadOutlined />,
    needs: 'REGISTER_IMPORT',
  },
  {
    path: '/instant-approval',
    group: 'administration',
    text: 'nav.instant',
    icon: <ThunderboltOutlined />,
    needs: ['INSTANT_RULE_PROPOSE', 'INSTANT_AUDIT'],
  },
  {
    path: '/calendars',
    group: 'administration',
    text: 'nav.calendars',
    icon: <CalendarOutlined />,
    needs: 'CALENDAR_EDIT',
  },
  {
    path: '/jobs',
    group: 'administration',
    text: 'nav.jobs',
    icon: <ScheduleOutlined />,
    needs: 'JOB_READ',
  },
  { path: '/notices', group: 'administration', text: 'nav.notices', icon: <BellOutlined /> },
  {
    path: '/audit',
    group: 'administration',
    text: 'nav.audit',
    icon: <AuditOutlined />,
    needs: 'AUDIT_READ',
  },
];

/** Whether somebody who may these things may go there. */
export function isOpen({ needs }: Destination, may: (permission: Permission) => boolean): boolean {
  return needs === undefined || [needs].flat().some(may);
}

/** The destination a path belongs to. */
export function destinationOf(pathname: string): string {
  return `/${pathname.split('/')[1] ?? ''}`;
}
