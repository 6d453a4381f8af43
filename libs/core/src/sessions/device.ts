interface Mark {
  readonly name: string;
  readonly pattern: RegExp;
}

// In this order: most browsers name themselves beside those that they descend from.
const browsers: readonly Mark[] = [
  { name: 'Edge', pattern: /\bEdg(?:e|A|iOS)?\// },
  { name: 'Opera', pattern: /\b(?:OPR|OPiOS)\/|\bOpera\b/ },
  { name: 'Samsung Internet', pattern: /\bSamsungBrowser\// },
  { name: 'Vivaldi', pattern: /\bVivaldi\// },
  { name: 'Yandex Browser', pattern: /\bYaBrowser\// },
  { name: 'Firefox', pattern: /\b(?:Firefox|FxiOS)\// },
  { name: 'Chrome', pattern: /\b(?:Chrome|CriOS|HeadlessChrome)\// },
  { name: 'Safari', pattern: /\bVersion\/\S+ (?:Mobile\/\S+ )?Safari\// },
  { name: 'Internet Explorer', pattern: /\bMSIE |\bTrident\// },
];

// Android says that it is Linux, and an iPhone that it is like Mac OS X.
const systems: readonly Mark[] = [
  { name: 'iPhone', pattern: /\biPhone\b/ },
  { name: 'iPad', pattern: /\biPad\b/ },
  { name: 'Android', pattern: /\bAndroid\b/ },
  { name: 'Windows', pattern: /\bWindows\b/ },
  { name: 'ChromeOS', pattern: /\bCrOS\b/ },
  { name: 'macOS', pattern: /\bMacintosh\b|\bMac OS X\b/ },
  { name: 'Linux', pattern: /\bLinux\b|\bX11\b/ },
];

/**
 * A few words by which a person knows a device again, such as "Firefox, Linux"; nothing where none of it is known. They
 * come from a list: what a browser calls itself is anybody's text, and is shown to admins.
 */
export function describeDevice(userAgent: string | undefined): string | undefined {
  const browser = find(browsers, userAgent);
  const system = find(systems, userAgent);
  return browser !== undefined && system !== undefined ? `${browser}, ${system}` : (browser ?? system);
}

function find(marks: readonly Mark[], userAgent = ''): string | undefined {
  return marks.find(({ pattern }) => pattern.test(userAgent))?.name;
}
