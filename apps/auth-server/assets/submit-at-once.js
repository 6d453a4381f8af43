// The page works without this script: the person presses Continue.
document.querySelector('form[data-submit-at-once]')?.submit();
