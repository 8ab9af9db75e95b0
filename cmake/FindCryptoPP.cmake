# Finds Crypto++, which comes without a CMake package on Debian and Ubuntu.
#
# Defines the target CryptoPP::CryptoPP and CryptoPP_FOUND, CryptoPP_VERSION, CryptoPP_INCLUDE_DIR,
# CryptoPP_LIBRARY. Headers are included as <cryptopp/...>.

find_path(CryptoPP_INCLUDE_DIR NAMES cryptopp/cryptlib.h)
find_library(CryptoPP_LIBRARY NAMES cryptopp crypto++)
mark_as_advanced(CryptoPP_INCLUDE_DIR CryptoPP_LIBRARY)

# Releases before 8.3 keep the version in config.h.
foreach(header config_ver.h config.h)
  if(NOT CryptoPP_VERSION AND EXISTS "${CryptoPP_INCLUDE_DIR}/cryptopp/${header}")
    file(STRINGS "${CryptoPP_INCLUDE_DIR}/cryptopp/${header}" line
         REGEX "^#define CRYPTOPP_VERSION [0-9]+" LIMIT_COUNT 1)
    if(line MATCHES "([0-9]+)([0-9])([0-9])$") # 870 is 8.7.0
      set(CryptoPP_VERSION "${CMAKE_MATCH_1}.${CMAKE_MATCH_2}.${CMAKE_MATCH_3}")
    endif()
  endif()
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(CryptoPP
  REQUIRED_VARS CryptoPP_LIBRARY CryptoPP_INCLUDE_DIR
  VERSION_VAR CryptoPP_VERSION)

if(CryptoPP_FOUND AND NOT TARGET CryptoPP::CryptoPP)
  add_library(CryptoPP::CryptoPP UNKNOWN IMPORTED)
  set_target_properties(CryptoPP::CryptoPP PROPERTIES
    IMPORTED_LOCATION "${CryptoPP_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${CryptoPP_INCLUDE_DIR}")
endif()
