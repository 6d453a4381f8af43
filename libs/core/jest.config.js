module.exports = require('../../jest.preset.js')(__dirname, {
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/postgres/', '<rootDir>/queue/', '<rootDir>/network/'],
});
