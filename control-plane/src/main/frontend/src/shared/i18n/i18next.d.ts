import 'i18next';
import type zh from '@/locales/zh.json';

/** With this the compiler refuses a key that no message file has. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof zh };
    returnNull: false;
    contextSeparator: '~';
    pluralSeparator: '~';
  }
}
