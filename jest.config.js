module.exports = {
  projects: [
    '<rootDir>/libs/*/jest.config.js',
    '<rootDir>/libs/core/*/jest.config.js',
    '<rootDir>/apps/*/jest.config.js',
    '<rootDir>/tools/jest.config.js',
  ],
};
