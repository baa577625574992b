import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { speak } from '@/shared/api/http';
import en from '@/locales/en.json';
import zh from '@/locales/zh.json';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** BCP 47 tags: for the server, for `Intl` and for the document. */
export const TAGS: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

const REMEMBERED = 'yuntai.language';

function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}

/** What was chosen last; Chinese for whoever has not chosen. */
function initial(): Language {
  const remembered = window.localStorage.getItem(REMEMBERED);
  return isLanguage(remembered) ? remembered : 'zh';
}

export function language(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'zh';
}

function apply(chosen: Language): void {
  speak(TAGS[chosen]);
  document.documentElement.lang = TAGS[chosen];
  document.title = i18next.t('shell.product');
}

export async function choose(chosen: Language): Promise<void> {
  window.localStorage.setItem(REMEMBERED, chosen);
  speak(TAGS[chosen]);
  await i18next.changeLanguage(chosen);
  apply(chosen);
}

void i18next.use(initReactI18next).init({
  lng: initial(),
  fallbackLng: false,
  resources: { zh: { translation: zh }, en: { translation: en } },
  interpolation: { escapeValue: false },
  returnNull: false,
  // Codes of the server are keys here and have underscores of their own.
  contextSeparator: '~',
  pluralSeparator: '~',
  initAsync: false,
});
apply(language());
