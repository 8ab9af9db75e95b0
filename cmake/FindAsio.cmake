# Finds standalone Asio, a library of headers that comes without a CMake package.
#
# Defines the target Asio::Asio and Asio_FOUND, Asio_VERSION, Asio_INCLUDE_DIR.

find_path(Asio_INCLUDE_DIR NAMES asio.hpp)
mark_as_advanced(Asio_INCLUDE_DIR)

if(EXISTS "${Asio_INCLUDE_DIR}/asio/version.hpp")
  file(STRINGS "${Asio_INCLUDE_DIR}/asio/version.hpp" line
       REGEX "^#define ASIO_VERSION [0-9]+" LIMIT_COUNT 1)
  if(line MATCHES "// ([0-9.]+)") # #define ASIO_VERSION 102201 // 1.22.1
    set(Asio_VERSION "${CMAKE_MATCH_1}")
  endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Asio
  REQUIRED_VARS Asio_INCLUDE_DIR
  VERSION_VAR Asio_VERSION)

# Asio 1.22 decides on std::aligned_alloc by which standard headers came before it, and so differently
# in different files, which breaks the One Definition Rule: it is switched off.
if(Asio_FOUND AND NOT TARGET Asio::Asio)
  find_package(Threads REQUIRED)
  add_library(Asio::Asio INTERFACE IMPORTED)
  set_target_properties(Asio::Asio PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${Asio_INCLUDE_DIR}"
    INTERFACE_COMPILE_DEFINITIONS "ASIO_STANDALONE;ASIO_NO_DEPRECATED;ASIO_DISABLE_STD_ALIGNED_ALLOC"
    INTERFACE_LINK_LIBRARIES Threads::Threads)
endif()
