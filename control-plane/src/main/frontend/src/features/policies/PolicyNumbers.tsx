import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VersionOfPolicy } from '@/shared/api/policies';
import { useKnown } from '@/shared/i18n/useKnown';
import { decimalsOf, groupOf, type PolicyKind, type PolicyNumber } from './numbers';

/** Every number of a version; what differs from what is in force is marked, with both. */
export function PolicyNumbers({
  kind,
  version,
  current,
}: {
  kind: PolicyKind;
  version: VersionOfPolicy;
  current: VersionOfPolicy | undefined;
}) {
  const { t } = useTranslation();
  const known = useKnown();
  const shown = (name: string, value: PolicyNumber | undefined) =>
    [value ?? []]
      .flat()
      .map((one) => one.toFixed(decimalsOf(kind, name)))
      .join(t('common.list')) || t('common.none');
  return (
    <dl style={{ margin: 0 }} aria-label={t('policy.numbers', { id: version.id })}>
      {Object.entries(kind.groups).map(([group, names]) => (
        <div key={group} style={{ marginBottom: 8 }}>
          <dt>{known(`policy.group.${group}`, group)}</dt>
          <dd style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 20px', margin: 0 }}>
            {names.map((name) => {
              const value = shown(name, groupOf(version, group)[name]);
              const before = current ? shown(name, groupOf(current, group)[name]) : value;
              const differs = before !== value;
              return (
                <span key={name} className="nowrap">
                  <span className="faint">{known(`policy.number.${name}`, name)}</span>{' '}
                  {differs ? <strong>{value}</strong> : value}
                  {differs && (
                    <Tag color="orange" style={{ marginInlineStart: 6 }}>
                      {t('policy.insteadOf', { value: before })}
                    </Tag>
                  )}
                </span>
              );
            })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
