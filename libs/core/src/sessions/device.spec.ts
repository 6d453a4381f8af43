import { describeDevice } from './device';

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)';
const android = 'Mozilla/5.0 (Linux; Android 10; K)';
const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('what a session says of its device', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0', 'Firefox, Linux'],
    [`${windows} ${webKit} Chrome/140.0.0.0 Safari/537.36`, 'Chrome, Windows'],
    [`${windows} ${webKit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`, 'Edge, Windows'],
    [`${windows} ${webKit} Chrome/139.0.0.0 Safari/537.36 OPR/123.0.0.0`, 'Opera, Windows'],
    [`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15`, 'Safari, macOS'],
    [`${iPhone} AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1`, 'Safari, iPhone'],
    [`${iPhone} AppleWebKit/605.1.15 CriOS/140.0.7339.39 Mobile/15E148 Safari/604.1`, 'Chrome, iPhone'],
    [`${iPhone} AppleWebKit/605.1.15 FxiOS/142.0 Mobile/15E148 Safari/605.1.15`, 'Firefox, iPhone'],
    [`${iPhone} AppleWebKit/605.1.15 EdgiOS/140.0 Version/17.0 Mobile Safari/604.1`, 'Edge, iPhone'],
    [`${android} ${webKit} Chrome/140.0.0.0 Mobile Safari/537.36`, 'Chrome, Android'],
    [
      `${android} ${webKit} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
      'Samsung Internet, Android',
    ],
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webKit} Chrome/140.0.0.0 Safari/537.36`, 'Chrome, ChromeOS'],
    ['Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko', 'Internet Explorer, Windows'],
    ['curl/8.7.1', undefined],
    ['Something/1.0 (Linux)', 'Linux'],
    ['', undefined],
    [undefined, undefined],
  ])('is, of %s: %s [SES-3]', (userAgent, device) => {
    expect(describeDevice(userAgent)).toBe(device);
  });

  it('holds nothing of what the browser wrote, and long texts are read at once [SES-3]', () => {
    expect(describeDevice('<script>alert(1)</script> Firefox/1 Linux')).toBe('Firefox, Linux');
    expect(describeDevice(`Version/${'a'.repeat(100_000)}`)).toBeUndefined();
  });
});
