import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VersionOfPolicy } from '@/shared/api/policies';
import { useKnown } from '@/shared/i18n/useKnown';
import { decimalsOf, groupOf, type PolicyKind } from './numbers';

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
  const shown = (name: string, value: number | undefined) =>
    value === undefined ? t('common.none') : value.toFixed(decimalsOf(name));
  return (
    <dl style={{ margin: 0 }} aria-label={t('policy.numbers', { id: version.id })}>
      {Object.entries(kind.groups).map(([group, names]) => (
        <div key={group} style={{ marginBottom: 8 }}>
          <dt>{known(`policy.group.${group}`, group)}</dt>
          <dd style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 20px', margin: 0 }}>
            {names.map((name) => {
              const value = groupOf(version, group)[name];
              const before = current && groupOf(current, group)[name];
              const differs = before !== undefined && before !== value;
              return (
                <span key={name} className="nowrap">
                  <span className="faint">{known(`policy.number.${name}`, name)}</span>{' '}
                  {differs ? <strong>{shown(name, value)}</strong> : shown(name, value)}
                  {differs && (
                    <Tag color="orange" style={{ marginInlineStart: 6 }}>
                      {t('policy.insteadOf', { value: shown(name, before) })}
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
