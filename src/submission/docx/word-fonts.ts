// Tells Word about a passage in another writing: its language, so that it is checked and read aloud as such, and a font
// that comes with Word. A program without that font takes another one.

/** As Word stores it: letters that are stacked or joined are "complex", Chinese, Japanese and Korean are "East Asian". */
interface InWord {
  readonly kind: 'complex' | 'east-asian' | 'usual';
  readonly tag: string;
  readonly font: string;
}

const complex = (tag: string, font: string): InWord => ({ kind: 'complex', tag, font });
const usual = (tag: string, font: string): InWord => ({ kind: 'usual', tag, font });
const eastAsian = (tag: string, font: string): InWord => ({ kind: 'east-asian', tag, font });

const IN_WORD: Readonly<Record<string, InWord>> = {
  ar: complex('ar-SA', 'Times New Roman'),
  he: complex('he-IL', 'Times New Roman'),
  syr: complex('syr-SY', 'Estrangelo Edessa'),
  dv: complex('dv-MV', 'MV Boli'),
  nqo: complex('nqo-GN', 'Ebrima'),
  ff: complex('ff-Adlm', 'Ebrima'),
  hi: complex('hi-IN', 'Nirmala UI'),
  bn: complex('bn-BD', 'Nirmala UI'),
  pa: complex('pa-IN', 'Nirmala UI'),
  gu: complex('gu-IN', 'Nirmala UI'),
  or: complex('or-IN', 'Nirmala UI'),
  ta: complex('ta-IN', 'Nirmala UI'),
  te: complex('te-IN', 'Nirmala UI'),
  kn: complex('kn-IN', 'Nirmala UI'),
  ml: complex('ml-IN', 'Nirmala UI'),
  si: complex('si-LK', 'Nirmala UI'),
  sat: complex('sat-Olck', 'Nirmala UI'),
  th: complex('th-TH', 'Leelawadee UI'),
  lo: complex('lo-LA', 'Leelawadee UI'),
  km: complex('km-KH', 'Leelawadee UI'),
  my: complex('my-MM', 'Myanmar Text'),
  bo: complex('bo-CN', 'Microsoft Himalaya'),
  jv: complex('jv-Java', 'Javanese Text'),
  mn: complex('mn-Mong-CN', 'Mongolian Baiti'),
  am: usual('am-ET', 'Ebrima'),
  zgh: usual('zgh-MA', 'Ebrima'),
  vai: usual('vai-LR', 'Ebrima'),
  chr: usual('chr-Cher-US', 'Gadugi'),
  iu: usual('iu-Cans-CA', 'Gadugi'),
  ka: usual('ka-GE', 'Sylfaen'),
  hy: usual('hy-AM', 'Sylfaen'),
  el: usual('el-GR', 'Cambria'),
  ru: usual('ru-RU', 'Cambria'),
  ja: eastAsian('ja-JP', 'Yu Mincho'),
  ko: eastAsian('ko-KR', 'Malgun Gothic'),
  zh: eastAsian('zh-CN', 'SimSun'),
  ii: eastAsian('ii-CN', 'Microsoft Yi Baiti'),
};

interface RunOfPassage {
  readonly language: { readonly value?: string; readonly eastAsia?: string; readonly bidirectional?: string };
  readonly font: Readonly<Record<'ascii' | 'hAnsi' | 'cs' | 'eastAsia', string>>;
}

/** `language` is one that passages.ts knows. */
export function inWord(language: string): RunOfPassage | null {
  const found = IN_WORD[language];
  if (found === undefined) return null;
  const { kind, tag, font } = found;
  return {
    language: kind === 'complex' ? { bidirectional: tag } : kind === 'east-asian' ? { eastAsia: tag } : { value: tag },
    font: { ascii: font, hAnsi: font, cs: font, eastAsia: font },
  };
}
