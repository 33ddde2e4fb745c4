// The fonts that come with this program, by the writing that they are for (docs/decisions/0195).

/** A package of fonts from Fontsource, cut into files by ranges of characters. */
export interface Family {
  readonly package: string;
  /** Variable: one file has every weight. Fixed: the regular weight alone. */
  readonly weights: 'variable' | 'fixed';
  /** Of the letters that this family is preferred for; null if it only fills gaps. */
  readonly script: RegExp | null;
  /** Times larger than the text around it, whose letters would else look larger. Default 1. */
  readonly larger?: number;
}

const serif = (slug: string, script: RegExp): Family => variable(`noto-serif-${slug}`, script);
const sans = (slug: string, script: RegExp | null): Family => variable(`noto-sans-${slug}`, script);

function variable(slug: string, script: RegExp | null): Family {
  return { package: `@fontsource-variable/${slug}`, weights: 'variable', script };
}

function fixed(slug: string, script: RegExp | null): Family {
  return { package: `@fontsource/${slug}`, weights: 'fixed', script };
}

/** In the order in which they are tried. */
export const FAMILIES: readonly Family[] = [
  { ...variable('noto-naskh-arabic', /\p{sc=Arabic}/u), larger: 1.15 },
  serif('hebrew', /\p{sc=Hebrew}/u),
  serif('ethiopic', /\p{sc=Ethiopic}/u),
  serif('devanagari', /\p{sc=Devanagari}/u),
  serif('bengali', /\p{sc=Bengali}/u),
  serif('gurmukhi', /\p{sc=Gurmukhi}/u),
  serif('gujarati', /\p{sc=Gujarati}/u),
  serif('oriya', /\p{sc=Oriya}/u),
  serif('tamil', /\p{sc=Tamil}/u),
  serif('telugu', /\p{sc=Telugu}/u),
  serif('kannada', /\p{sc=Kannada}/u),
  serif('malayalam', /\p{sc=Malayalam}/u),
  serif('sinhala', /\p{sc=Sinhala}/u),
  serif('thai', /\p{sc=Thai}/u),
  serif('lao', /\p{sc=Lao}/u),
  serif('khmer', /\p{sc=Khmer}/u),
  serif('tibetan', /\p{sc=Tibetan}/u),
  sans('myanmar', /\p{sc=Myanmar}/u),
  sans('syriac', /\p{sc=Syriac}/u),
  sans('thaana', /\p{sc=Thaana}/u),
  sans('cherokee', /\p{sc=Cherokee}/u),
  sans('adlam', /\p{sc=Adlam}/u),
  sans('ol-chiki', /\p{sc=Ol_Chiki}/u),
  sans('javanese', /\p{sc=Javanese}/u),
  fixed('noto-sans-mongolian', /\p{sc=Mongolian}/u),
  fixed('noto-sans-vai', /\p{sc=Vai}/u),
  fixed('noto-sans-yi', /\p{sc=Yi}/u),
  sans('kr', /\p{sc=Hangul}/u),
  sans('sc', /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}]/u),
  fixed('noto-sans-symbols-2', null),
];

/** Font files that hold all their characters in one piece. */
export const WHOLE = {
  serif: ['dejavu-fonts-ttf/ttf/DejaVuSerifCondensed.ttf', 'dejavu-fonts-ttf/ttf/DejaVuSerifCondensed-Bold.ttf'],
  sans: ['dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf', 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'],
  emoji: [
    '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
    '@expo-google-fonts/noto-emoji/700Bold/NotoEmoji_700Bold.ttf',
  ],
} as const;

/** Drawn as a picture, and not as a sign of the text. */
export const PICTURE = /\p{Emoji_Presentation}|\uFE0F|\p{Emoji_Modifier}|\u20E3/u;
