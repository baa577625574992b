import { createBrowserRouter, type RouteObject } from 'react-router';
import { Crash } from '@/shared/ui/Crash';
import { NotFound } from '@/shared/ui/NotFound';
import { Shell } from './Shell';

/** Every page is fetched when it is first opened. */
const pages: RouteObject[] = [
  {
    index: true,
    lazy: async () => ({
      Component: (await import('@/features/overview/OverviewPage')).OverviewPage,
    }),
  },
  {
    path: 'applications',
    lazy: async () => ({
      Component: (await import('@/features/applications/ApplicationsPage')).ApplicationsPage,
    }),
  },
  {
    path: 'applications/new',
    lazy: async () => ({
      Component: (await import('@/features/applications/apply/ApplyPage')).ApplyPage,
    }),
  },
  {
    path: 'applications/drafts',
    lazy: async () => ({
      Component: (await import('@/features/applications/drafts/DraftsPage')).DraftsPage,
    }),
  },
  {
    path: 'applications/templates',
    lazy: async () => ({
      Component: (await import('@/features/applications/templates/TemplatesPage')).TemplatesPage,
    }),
  },
  {
    path: 'delegations',
    lazy: async () => ({
      Component: (await import('@/features/delegations/DelegationsPage')).DelegationsPage,
    }),
  },
  {
    path: 'applications/:id',
    lazy: async () => ({
      Component: (await import('@/features/applications/detail/ApplicationPage')).ApplicationPage,
    }),
  },
  {
    path: 'cycles',
    lazy: async () => ({ Component: (await import('@/features/cycles/CyclesPage')).CyclesPage }),
  },
  {
    path: 'hosts',
    lazy: async () => ({ Component: (await import('@/features/hosts/HostsPage')).HostsPage }),
  },
  {
    path: 'migrations',
    lazy: async () => ({
      Component: (await import('@/features/hosts/MigrationsPage')).MigrationsPage,
    }),
  },
  {
    path: 'hosts/:id',
    lazy: async () => ({ Component: (await import('@/features/hosts/HostPage')).HostPage }),
  },
  {
    path: 'catalogue',
    lazy: async () => ({
      Component: (await import('@/features/catalogue/CataloguePage')).CataloguePage,
    }),
  },
  {
    path: 'units',
    lazy: async () => ({ Component: (await import('@/features/register/UnitsPage')).UnitsPage }),
  },
  {
    path: 'units/:id',
    lazy: async () => ({ Component: (await import('@/features/register/UnitPage')).UnitPage }),
  },
  {
    path: 'systems',
    lazy: async () => ({
      Component: (await import('@/features/register/SystemsPage')).SystemsPage,
    }),
  },
  {
    path: 'systems/:id',
    lazy: async () => ({ Component: (await import('@/features/register/SystemPage')).SystemPage }),
  },
  {
    path: 'findings',
    lazy: async () => ({
      Component: (await import('@/features/namespaces/FindingsPage')).FindingsPage,
    }),
  },
  {
    path: 'drifts',
    lazy: async () => ({
      Component: (await import('@/features/namespaces/DriftsPage')).DriftsPage,
    }),
  },
  {
    path: 'quota',
    lazy: async () => ({ Component: (await import('@/features/quota/tree/QuotaPage')).QuotaPage }),
  },
  {
    path: 'quota/:id',
    lazy: async () => ({ Component: (await import('@/features/quota/node/NodePage')).NodePage }),
  },
  {
    path: 'clusters',
    lazy: async () => ({
      Component: (await import('@/features/clusters/ClustersPage')).ClustersPage,
    }),
  },
  {
    path: 'clusters/:name',
    lazy: async () => ({
      Component: (await import('@/features/clusters/ClusterPage')).ClusterPage,
    }),
  },
  {
    path: 'imports',
    lazy: async () => ({
      Component: (await import('@/features/register/imports/ImportPage')).ImportPage,
    }),
  },
  {
    path: 'pools/forecasts',
    lazy: async () => ({
      Component: (await import('@/features/ranking/ForecastPage')).ForecastPage,
    }),
  },
  {
    path: 'rankings',
    lazy: async () => ({
      Component: (await import('@/features/ranking/RankingPage')).RankingPage,
    }),
  },
  {
    path: 'instant-approval',
    lazy: async () => ({
      Component: (await import('@/features/instant/InstantPage')).InstantPage,
    }),
  },
  {
    path: 'calendars',
    lazy: async () => ({
      Component: (await import('@/features/calendar/CalendarPage')).CalendarPage,
    }),
  },
  {
    path: 'notices',
    lazy: async () => ({
      Component: (await import('@/features/notices/NoticesPage')).NoticesPage,
    }),
  },
  {
    path: 'rankings/:month/units/:id',
    lazy: async () => ({
      Component: (await import('@/features/ranking/DerivationPage')).DerivationPage,
    }),
  },
  {
    path: 'rankings/:month/hosts/:id',
    lazy: async () => ({ Component: (await import('@/features/ranking/HoursPage')).HoursPage }),
  },
  {
    path: 'policies',
    lazy: async () => ({
      Component: (await import('@/features/policies/PoliciesPage')).PoliciesPage,
    }),
  },
  {
    path: 'price-books',
    lazy: async () => ({
      Component: (await import('@/features/prices/PriceBooksPage')).PriceBooksPage,
    }),
  },
  {
    path: 'usage-imports',
    lazy: async () => ({
      Component: (await import('@/features/usage/UsageImportsPage')).UsageImportsPage,
    }),
  },
  {
    path: 'verdicts',
    lazy: async () => ({
      Component: (await import('@/features/verdicts/VerdictsPage')).VerdictsPage,
    }),
  },
  {
    path: 'reclaims',
    lazy: async () => ({
      Component: (await import('@/features/reclaims/ReclaimsPage')).ReclaimsPage,
    }),
  },
  {
    path: 'reclaims/:id',
    lazy: async () => ({
      Component: (await import('@/features/reclaims/ReclaimPage')).ReclaimPage,
    }),
  },
  {
    path: 'exemptions',
    lazy: async () => ({
      Component: (await import('@/features/exemptions/ExemptionsPage')).ExemptionsPage,
    }),
  },
  {
    path: 'jobs',
    lazy: async () => ({ Component: (await import('@/features/jobs/JobsPage')).JobsPage }),
  },
  {
    path: 'audit',
    lazy: async () => ({ Component: (await import('@/features/audit/AuditPage')).AuditPage }),
  },
  { path: '*', Component: NotFound },
];

export function createConsole() {
  return createBrowserRouter([
    {
      path: '/',
      Component: Shell,
      ErrorBoundary: Crash,
      HydrateFallback: () => null,
      children: [{ ErrorBoundary: Crash, children: pages }],
    },
  ]);
}
