export { launchChromium, whyNoChromium } from './chromium';
